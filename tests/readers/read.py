"""Reads each export in the folder given with a real reader and compares it with the JSON export."""

import csv
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

FOLDER = Path(sys.argv[1])
GRAPH = json.loads((FOLDER / "json").read_text())
UNKEYED = {"AGENT", "TARGET_OF", "PLACE", "ABOUT", "IN", "ACCORDING_TO"}
TYPED = [edge for edge in GRAPH["edges"] if "claims" in edge]
ACCUSED = {(e["source"], e["target"]) for e in TYPED if e["relation"] == "accuses" and e["status"] == "actual"}
SHAPES = Path(__file__).parents[2] / "src" / "export" / "shapes.ttl"


def networkx_reads_json():
    import networkx

    graph = networkx.node_link_graph(GRAPH, edges="edges")
    assert graph.is_multigraph() and graph.number_of_edges() == len(GRAPH["edges"])
    assert graph.number_of_nodes() == len(GRAPH["nodes"])


def networkx_reads_graphml():
    import networkx

    graph = networkx.read_graphml(FOLDER / "graphml", force_multigraph=True)
    assert graph.number_of_edges() == len(GRAPH["edges"]), graph.number_of_edges()
    typed = [d for *_, d in graph.edges(data=True) if "claims" in d]
    assert Counter(d["relation"] for d in typed) == Counter(e["relation"] for e in TYPED)
    told = sorted(claim["text"] for d in typed for claim in json.loads(d["claims"]))
    assert told == sorted(claim["text"] for e in TYPED for claim in e["claims"])
    assert all(isinstance(d["confidence"], float) and isinstance(d["sources"], int) for d in typed)


def igraph_reads_graphml():
    import igraph

    # igraph goes by the ending of the name.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.graphml"
        path.write_bytes((FOLDER / "graphml").read_bytes())
        graph = igraph.Graph.Read_GraphML(str(path))
    assert (graph.vcount(), graph.ecount()) == (len(GRAPH["nodes"]), len(GRAPH["edges"]))
    assert set(graph.vs["label"]) == {node["name"] for node in GRAPH["nodes"]}


def networkx_reads_gexf():
    import networkx

    # This reader knows 1.2, which differs in the name of the namespace and in the type of quoted edges.
    text = (FOLDER / "gexf").read_text()
    text = text.replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft").replace('version="1.3"', 'version="1.2"')
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.gexf"
        path.write_text(text.replace(' type="undirected"', ""))
        graph = networkx.read_gexf(path)
    assert graph.number_of_nodes() == len(GRAPH["nodes"])
    edges = [d for *_, d in graph.edges(data=True)]
    assert len(edges) == len(GRAPH["edges"]), len(edges)
    dated = [e for e in TYPED if e["date"]]
    assert sum("date" in d for d in edges) == len(dated)
    assert sum("start" in d for d in edges) == len(dated)


def gexf_is_well_formed():
    from lxml import etree

    root = etree.parse(str(FOLDER / "gexf")).getroot()
    spaces = {"g": "http://gexf.net/1.3", "viz": "http://gexf.net/1.3/viz"}
    assert root.get("version") == "1.3"
    assert len(root.findall(".//g:node/viz:color", spaces)) == len(GRAPH["nodes"])
    assert len(root.findall(".//g:node/viz:size", spaces)) == len(GRAPH["nodes"])
    ids = [edge.get("id") for edge in root.findall(".//g:edge", spaces)]
    assert len(ids) == len(set(ids)) == len(GRAPH["edges"])


def pydot_reads_dot():
    import pydot

    (graph,) = pydot.graph_from_dot_file(str(FOLDER / "dot"))
    assert len(graph.get_edges()) == len(GRAPH["edges"])


def graphviz_reads_dot():
    try:
        run = subprocess.run(["dot", "-Tcanon", FOLDER / "dot"], capture_output=True, check=True, timeout=60)
    except FileNotFoundError:
        return "skipped: no Graphviz"
    assert run.stdout.count(b" -> ") >= len(GRAPH["edges"]) and not run.stderr


def rdflib_reads_turtle_and_jsonld():
    import rdflib
    from rdflib.compare import isomorphic

    turtle = rdflib.Graph().parse(FOLDER / "turtle", format="turtle")
    jsonld = rdflib.Graph().parse(FOLDER / "jsonld", format="json-ld")
    assert isomorphic(turtle, jsonld), (len(turtle), len(jsonld))
    rows = turtle.query(
        """PREFIX whom: <urn:whom:vocabulary:> PREFIX dct: <http://purl.org/dc/terms/>
        SELECT ?who ?whom { ?a whom:accuses ?b . ?a dct:identifier ?who . ?b dct:identifier ?whom }"""
    )
    assert {(str(a), str(b)) for a, b in rows} == ACCUSED and ACCUSED
    rows = turtle.query(
        """PREFIX whom: <urn:whom:vocabulary:> PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
        SELECT ?text { ?edge whom:status "alleged" ; whom:claim ?claim . ?claim nif:anchorOf ?text }"""
    )
    assert len(list(rows)) == sum(len(e["claims"]) for e in TYPED if e["status"] == "alleged")


def pyshacl_accepts_the_shapes():
    import pyshacl
    import rdflib

    data = rdflib.Graph().parse(FOLDER / "turtle", format="turtle")
    conforms, _, text = pyshacl.validate(data, shacl_graph=str(SHAPES), shacl_graph_format="turtle")
    assert conforms, text
    # The shapes can say no.
    edge = rdflib.URIRef("urn:whom:edge:none")
    data.add((edge, rdflib.RDF.type, rdflib.URIRef("urn:whom:vocabulary:Edge")))
    assert not pyshacl.validate(data, shacl_graph=str(SHAPES), shacl_graph_format="turtle")[0]


def followthemoney_keeps_every_property():
    from followthemoney import model

    entities = [json.loads(line) for line in (FOLDER / "ftm").read_text().splitlines()]
    schemas = {e["id"]: model.get(e["schema"]) for e in entities}
    for entity in entities:
        read = model.get_proxy(entity, cleaned=False).to_dict()
        # Bad values are dropped without a word, so both sides are compared.
        for name, values in entity["properties"].items():
            kept = read["properties"].get(name, [])
            assert len(kept) == len(values), (entity["id"], name, values, kept)
            target = model.get(entity["schema"]).get(name).range
            for value in values if target else []:
                assert schemas[value].is_a(target), (name, schemas[value], target)
    command = Path(sys.executable).with_name("ftm")
    run = subprocess.run([command, "validate", "-i", FOLDER / "ftm"], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert len(run.stdout.splitlines()) == len(entities), run.stderr


def stix2_parses_every_object():
    import stix2

    bundle = stix2.parse((FOLDER / "stix").read_text(), allow_custom=False)
    kinds = Counter(o["type"] for o in bundle.objects)
    assert kinds["relationship"] == len(TYPED)
    assert kinds["note"] == sum(len(e["claims"]) for e in TYPED)
    store = stix2.MemoryStore(stix_data=bundle)
    accused = store.query([stix2.Filter("relationship_type", "=", "accuses")])
    assert len(accused) == sum(e["relation"] == "accuses" for e in TYPED)


def a_cypher_engine_runs_the_script():
    import real_ladybug

    with tempfile.TemporaryDirectory() as folder:
        engine = real_ladybug.Connection(real_ladybug.Database(str(Path(folder) / "graph.db")))
        script = (FOLDER / "cypher" / "graph.cypher").read_text().splitlines()
        # This engine wants its tables declared; labels, types and properties are taken from the script.
        kind_of = {n["id"]: {"actor": "Actor", "event": "Event", "location": "Location"}[n["kind"]] for n in GRAPH["nodes"]}
        pairs = {}
        for edge in GRAPH["edges"]:
            ends = (kind_of[edge["source"]], kind_of[edge["target"]])
            pairs.setdefault(edge["relation"].upper(), set()).add(ends)
        for edge in TYPED:
            for claim in edge["claims"]:
                if claim["according_to"]:
                    pairs.setdefault("ACCORDING_TO", set()).add(("Claim", kind_of[claim["according_to"]]))
        pairs["IN"] = {("Claim", "Article")}
        numbers = {"latitude", "longitude", "confidence"}

        def column(name):
            if name == "aliases":
                return "aliases STRING[]"
            if name in numbers:
                return f"{name} DOUBLE"
            if name in ("articles", "sources", "start", "end"):
                return f"`{name}` INT64"
            return f"{name} BOOL" if name in ("named", "disputed") else f"{name} STRING"

        def properties(pattern, variable):
            lines = [line for line in script if re.search(pattern, line)]
            return sorted({name for line in lines for name in re.findall(rf"[ ,]{variable}\.(\w+) = ", line)})

        for label in ("Actor", "Event", "Location", "Article", "Claim"):
            variable = "c" if label == "Claim" else "n"
            columns = "".join(f", {column(p)}" for p in properties(rf"^MERGE \({variable}:{label} ", variable))
            engine.execute(f"CREATE NODE TABLE {label}(id STRING{columns}, PRIMARY KEY(id))")
        for kind, ends in pairs.items():
            columns = "".join(f", {column(p)}" for p in (["key"] if kind not in UNKEYED else []) + properties(rf"\[r:{kind} ", "r"))
            joined = ", ".join(f"FROM {a} TO {b}" for a, b in sorted(ends))
            engine.execute(f"CREATE REL TABLE `{kind}`({joined}{columns})")
        for _ in range(2):
            # Run twice: nothing may be doubled.
            for line in script:
                line = re.sub(r"\[:(IN)\]", r"[:`\1`]", line).replace("c.end = ", "c.`end` = ").replace("c.start = ", "c.`start` = ")
                engine.execute(line)
        answer = engine.execute("MATCH (a:Actor)-[r:ACCUSES]->(b:Actor) WHERE r.status = 'actual' RETURN a.id, b.id")
        rows = set()
        while answer.has_next():
            rows.add(tuple(answer.get_next()))
        actors = {n for n, k in kind_of.items() if k == "Actor"}
        assert rows == {(a, b) for a, b in ACCUSED if a in actors and b in actors}
        count = engine.execute("MATCH (c:Claim) RETURN count(*)").get_next()[0]
        assert count == sum(len(e["claims"]) for e in TYPED)
        count = engine.execute("MATCH ()-[r:ACCUSES]->() RETURN count(*)").get_next()[0]
        assert count == sum(e["relation"] == "accuses" for e in TYPED)


def csv_for_neo4j_is_typed_and_whole():
    kinds = {"boolean": r"true|false", "date": r"\d{4}-\d\d-\d\d", "double": r"-?\d+(\.\d+)?", "int": r"\d+", "long": r"\d+"}
    ids = {}
    rows = {path.name: list(csv.DictReader(path.open(newline=""))) for path in (FOLDER / "neo4j").glob("*.csv")}
    for name, table in rows.items():
        for column in table[0] if table else []:
            kind = column.partition(":")[2].partition("(")[0]
            if kind in kinds:
                assert all(not r[column] or re.fullmatch(kinds[kind], r[column]) for r in table), (name, column)
            if found := re.fullmatch(r"\w+:ID\((\w+)\)", column):
                ids[found[1]] = {r[column] for r in table}
                assert len(ids[found[1]]) == len(table)
    for table in rows.values():
        for column in table[0] if table else []:
            if found := re.fullmatch(r":(?:START|END)_ID\((\w+)\)", column):
                assert all(r[column] in ids[found[1]] for r in table)
    assert len(rows["relations.csv"]) == len(TYPED)


def links_between_pages_lead_somewhere():
    root = FOLDER / "markdown"
    pages = {str(path.relative_to(root).with_suffix("")) for path in root.rglob("*.md")}
    for path in root.rglob("*.md"):
        for target in re.findall(r"\[\[([^\]|]+)", path.read_text()):
            assert target in pages, (path, target)


READERS = [value for value in list(globals().values()) if callable(value) and getattr(value, "__module__", "") == "__main__"]

if __name__ == "__main__":
    passed = failed = skipped = 0
    for reader in READERS:
        name = reader.__name__.replace("_", " ")
        try:
            said = reader()
        except Exception as error:  # each reader is told of, whatever happens to the others
            failed += 1
            print(f"FAILED  {name}: {type(error).__name__}: {error}")
        else:
            skipped += said is not None
            passed += said is None
            print(f"{'ok     ' if said is None else 'skipped'} {name}")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    sys.exit(failed > 0)
