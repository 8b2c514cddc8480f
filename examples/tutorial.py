"""A tour of the sample corpus in Python: read, ask, draw a network and a timeline, write a brief.

Run it whole from the checkout (`python examples/tutorial.py`), or cell by cell in an editor that knows `# %%`. Files go to the folder
that is named, else to `tutorial/`. It needs `pip install 'reaffirm[plots]'`.
"""

# %% What a program needs: one class
from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from pathlib import Path

import matplotlib.pyplot as plt
import networkx as nx

import reaffirm

EXAMPLES = Path(__file__).resolve().parent if "__file__" in globals() else Path("examples")
OUT = Path(sys.argv[1] if len(sys.argv) > 1 and not sys.argv[1].startswith("-") else "tutorial")
OUT.mkdir(parents=True, exist_ok=True)

# %% Twelve documents about four meetings become one file; what was read before is not read again
ledger = reaffirm.Ledger(OUT / "tutorial.db", create=True, packs=[EXAMPLES / "pack"])
report = ledger.add([EXAMPLES / "corpus"])
status = ledger.status()
print(f"{status.documents} documents, {status.statements} statements")

# %% Meetings, each known from all documents that tell it
for convened in ledger.meetings(status="held"):
    meeting = convened.meeting
    print(meeting.date, meeting.label, meeting.place or "?", f"({len(convened.docs)} documents)")

# %% Every row is proved by words: offsets are code points of the document's text
(said,) = ledger.said(cue="pledged", text="joint plan", official=True)
span = said.statement.content[0]
text = ledger.opened(span.document).entry.document.text
assert text[span.start : span.end] == span.exact
print(said.doc, span.start, span.end, span.exact)

# %% Who binds itself to what: a network of parties and issues, an edge as thick as there are commitments
pairs: Counter[tuple[str, str]] = Counter()
for item in ledger.commitments():
    for party in item.derived.parties if item.derived else ():
        pairs.update((party, filing.issue) for filing in item.filings if filing.kind == "issue")
graph = nx.Graph()
for (party, issue), number in sorted(pairs.items()):
    graph.add_node(party, kind="actor")
    graph.add_node(issue, kind="issue")
    graph.add_edge(party, issue, weight=number)
print(f"{graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges")

# %% The network as a picture
figure, axes = plt.subplots(figsize=(10, 8))
actors = [node for node, kind in graph.nodes(data="kind") if kind == "actor"]
issues = [node for node in graph if node not in actors]
places = nx.bipartite_layout(graph, actors)
widths = [0.5 + weight / 2 for _, _, weight in graph.edges(data="weight")]
nx.draw_networkx_edges(graph, places, ax=axes, width=widths, edge_color="#999999")
nx.draw_networkx_nodes(graph, places, ax=axes, nodelist=actors, node_color="#205080", node_shape="s")
nx.draw_networkx_nodes(graph, places, ax=axes, nodelist=issues, node_color="#c08030", node_size=60)
nx.draw_networkx_labels(graph, places, {name: f"{name}   " for name in actors}, ax=axes, font_size=9, horizontalalignment="right")
nx.draw_networkx_labels(graph, places, {name: f"  {name}" for name in issues}, ax=axes, font_size=9, horizontalalignment="left")
axes.margins(x=0.5)
axes.set_title("Who committed to what: parties (squares) and issues (circles)")
axes.set_axis_off()
figure.savefig(OUT / "network.png", dpi=100)

# %% What became of each item: a timeline, one line a thread, one mark a step
MARKS = {"introduced": "o", "reaffirmed": ".", "strengthened": "^", "weakened": "v", "carried out": "*", "delayed": "X", "restated": "|"}
threads = [thread for thread in ledger.threads() if len(thread.steps) > 1]
figure, axes = plt.subplots(figsize=(11, 0.35 * len(threads) + 1.5), layout="constrained")
for line, thread in enumerate(threads):
    dated = [(date.fromisoformat(step.place.first), step.status) for step in thread.steps if step.place.first]
    axes.plot([day for day, _ in dated], [line] * len(dated), color="#bbbbbb", zorder=1)
    for day, became in dated:
        axes.scatter(day, line, marker=MARKS.get(became or "", "."), color="#205080", s=50, zorder=2)
axes.set_yticks(range(len(threads)), [thread.label[:60] for thread in threads], fontsize=8)
axes.invert_yaxis()
for became, mark in MARKS.items():
    axes.scatter([], [], marker=mark, color="#205080", label=became)
axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=8)
axes.set_title("What became of each item")
figure.savefig(OUT / "timeline.png", dpi=100)

# %% The last meeting in five minutes, every sentence footnoted
last = ledger.meetings(status="held")[-1].meeting
brief = ledger.brief("meeting", last.id, out=OUT / "brief.md")
for section in brief.sections[:3]:
    print(section.title, *(f"- {sentence.text}" for sentence in section.sentences), sep="\n")

# %% What the machine read and what you decide stay apart; everything can be undone
judgement = ledger.judge(said.statement.id, "accepted", who="reader")
print(judgement.who, judgement.verdict)
ledger.undo(said.statement.id, who="reader")
assert ledger.verify() == []
ledger.close()
