"""Real Metaxy for the live tests: reads one JSON job a line from stdin, answers one JSON object a line.

    METAXY_SCRIPTS=<folder of make_store.py, read_store.py …> python metaxy_jobs.py

One process serves all tests, because importing Metaxy takes longer than most jobs. A job is
``{"job": <name>, "backend": "duckdb"|"postgresql", "target": <file or DSN>, …}``; the names and
the other arguments are those of the functions below that are listed in ``JOBS``. The answer is
``{"result": …}`` or ``{"error": <traceback>}``. The store is closed again when the answer comes.
"""

import datetime as dt
import decimal
import io
import json
import os
import random
import sys
import traceback

sys.path.insert(0, os.environ["METAXY_SCRIPTS"])

import features  # noqa: E402
import make_store  # noqa: E402
import metaxy as mx  # noqa: E402
import narwhals as nw  # noqa: E402
import polars as pl  # noqa: E402
import read_store  # noqa: E402
from common import configure, make_store as open_store, push, with_provenance  # noqa: E402
from metaxy.models.field import SpecialFieldDep  # noqa: E402
from metaxy.models.filter_expression import parse_filter_string  # noqa: E402

CHILD_PROJECT = "live"


def make(store, records, seed):
    """Write a store with a history in every feature of ``features.py``."""
    make_store.fill(store, records, random.Random(seed))


def read(store, feature=None):
    """The lines of ``read_store.py``, of one feature or of all."""
    if feature is None:
        return lines(lambda out: read_store.dump(store, out))
    graph = mx.current_graph()
    with store:
        return lines(lambda out: read_store.dump_feature(store, mx.FeatureKey(feature), graph, out))


def lines(dump):
    out = io.StringIO()
    dump(out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def delete(store, feature, filters, soft=True, with_feature_history=False):
    """Metaxy's own delete; a filter is text of Metaxy's filter language, or ``{"expression": …}``
    for what that language cannot say on every store: a narwhals expression in Python."""
    with store.open("w"):
        store.delete(
            feature, [condition(f) for f in filters] or None, soft=soft, with_feature_history=with_feature_history
        )


def condition(text):
    if isinstance(text, dict):
        return eval(text["expression"], {"nw": nw, "dt": dt, "Decimal": decimal.Decimal})
    return parse_filter_string(text)


def write(store, feature, numbers, seed, take, materialization_id=None):
    """Write records again, by the numbers that ``make_store.py`` makes their ids from."""
    frames = {
        "video/raw": make_store.video_raw,
        "predictions": make_store.predictions,
        "predictions/model_v1": make_store.model_v1,
    }
    df = frames[feature](numbers, random.Random(seed), take)
    with store.open("w"):
        store.write(feature, df, materialization_id=materialization_id)


def write_faces(store, seed):
    """Write what Metaxy finds new or stale in ``video/faces``, the child of ``video/raw``."""
    with store.open("w"):
        make_store.write_faces(store, random.Random(seed))


def read_registered(store, feature=None):
    """As ``read``, for the features that the store's registry knows, without a Python class of any."""
    with mx.FeatureGraph().use() as graph, store:
        found = registered(store)
        keys = sorted(found) if feature is None else [feature]
        return lines(lambda out: [read_store.dump_feature(store, found[key].key, graph, out) for key in keys])


def registered(store):
    """The definitions in the registry by key, all of them now in the active graph."""
    found = mx.sync_external_features(store, selection=mx.FeatureSelection(all=True))
    return {definition.key.to_string(): definition for definition in found}


def describe_registered(store):
    """What Metaxy takes from the registry."""
    with mx.FeatureGraph().use() as graph, store:
        return {
            key: {
                "project": definition.project,
                "id_columns": list(definition.id_columns),
                "columns": list(definition.columns),
                "feature_version": graph.get_feature_version(definition.key),
                "definition_version": definition.feature_definition_version,
                "project_version": graph.get_project_version(definition.project),
            }
            for key, definition in registered(store).items()
        }


def write_registered(store, feature, rows):
    """Write rows, objects of the user's own columns, to a feature without Python class that has rows already."""
    with mx.FeatureGraph().use(), store.open("w"):
        definition = registered(store)[feature]
        schema = store.read(feature).collect().to_polars().schema
        df = pl.DataFrame(rows, schema={name: schema[name] for name in rows[0]})
        fields = [field.key.to_struct_key() for field in definition.spec.fields]
        store.write(feature, with_provenance(df, *fields))


def resolve_child(store, parent, write=False):
    """What Metaxy finds to do for a child of a registered feature: the child's rows that would be
    new, stale and orphaned, with the provenance that they would get. ``write`` writes the new and
    the stale ones, so that the next call tells what changed since."""
    with mx.FeatureGraph().use() as graph, store.open("w"):
        definition = registered(store)[parent]
        child = mx.FeatureDefinition(
            spec=mx.FeatureSpec(
                key=f"{CHILD_PROJECT}/child_of_{definition.table_name.replace('__', '_')}",
                id_columns=list(definition.id_columns),
                deps=[mx.FeatureDep(feature=parent)],
                fields=[mx.FieldSpec(key="child", code_version="1")],
            ),
            feature_schema={},
            feature_class_path="live.Child",
            project=CHILD_PROJECT,
        )
        graph.add_feature_definition(child)
        increment = store.resolve_update(child.key)
        frames = {name: getattr(increment, name).to_polars() for name in ("new", "stale", "orphaned")}
        if write:
            for name in ("new", "stale"):
                if len(frames[name]):
                    store.write(child.key, frames[name])
        return {
            name: [read_store.plain(row) for row in frame.iter_rows(named=True)] for name, frame in frames.items()
        }


def definition(project, key, fields, mapping=None):
    """A feature without columns; ``mapping`` says how its fields follow those of ``up/stream``."""
    deps = [] if mapping is None else [mx.FeatureDep(feature="up/stream", fields_mapping=mapping)]
    return mx.FeatureDefinition(
        spec=mx.FeatureSpec(key=key, id_columns=["id"], deps=deps, fields=fields),
        feature_schema={},
        feature_class_path="live.Feature",
        project=project,
    )


def push_upstream(store, revision):
    """Push ``up/stream``. Its children, of another project and one for each mapping of fields, are
    pushed with the first revision only."""
    same = [mx.FieldSpec(key="audio", code_version="1"), mx.FieldSpec(key="video/frames", code_version=str(revision))]
    explicit = mx.FieldSpec(key="explicit", deps=[mx.FieldDep(feature="up/stream", fields=["video/frames"])])
    everything = mx.FieldSpec(key="everything", deps=SpecialFieldDep.ALL)
    mappings = {
        "default": mx.FieldsMapping.default(),
        "suffix": mx.FieldsMapping.default(match_suffix=True),
        "without": mx.FieldsMapping.default(exclude_fields=[mx.FieldKey(["video", "frames"])]),
        "specific": mx.FieldsMapping.specific({"other": {"video/frames"}, "frames": {"audio"}, "audio": {"audio"}}),
        "all": mx.FieldsMapping.all(),
    }
    names = ("audio", "frames", "other")
    with mx.FeatureGraph().use() as graph, store.open("w"):
        graph.add_feature_definition(definition("upstream", "up/stream", same))
        if revision == 1:
            for name, mapping in mappings.items():
                fields = [mx.FieldSpec(key=field) for field in names]
                graph.add_feature_definition(definition("downstream", f"down/{name}", fields, mapping))
            fields = [explicit, everything]
            graph.add_feature_definition(definition("downstream", "down/explicit", fields, mx.FieldsMapping.none()))
        push(store, "upstream")
        if revision == 1:
            push(store, "downstream")


JOBS = {
    f.__name__: f
    for f in (
        make,
        read,
        delete,
        write,
        write_faces,
        read_registered,
        describe_registered,
        write_registered,
        resolve_child,
        push_upstream,
    )
}


def run(line):
    arguments = json.loads(line)
    try:
        job = JOBS[arguments.pop("job")]
        store = open_store(arguments.pop("backend"), arguments.pop("target"))
        return {"result": job(store, **arguments)}
    except (Exception, SystemExit):  # read_store.py exits where a row is not among the stored ones
        return {"error": traceback.format_exc()}


def main():
    assert features.CURRENT == 2
    configure(make_store.PROJECT)
    answers = sys.stdout
    sys.stdout = sys.stderr  # nothing but answers goes to the pipe
    for line in sys.stdin:
        print(json.dumps(run(line)), file=answers, flush=True)


if __name__ == "__main__":
    main()
