"""Demo: invented people, their cases and the pages that show the service without anybody real in it.

Promises: the same cast for demo, tests, documents and screenshots; national IDs that begin with 9 and belong to
nobody; a mass of residents and cases over which every invariant is run. Refuses to exist in production: the package
is installed in the demo and test settings only. Serves: whoever wants to see Phueng work, and every test.
"""
