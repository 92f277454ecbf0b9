"""Tracking tells a citizen, in plain Thai, what happened to a request, who holds it, what comes next and until when.

It promises that the page is true to the facts of every package below, changes by itself while it is open and is signed
by an office that knows when it is late. It refuses to show anything without the reference and a second factor, to find
anybody by national ID, and to answer a wrong guess in any other way than an unknown reference. It owns no facts."""
