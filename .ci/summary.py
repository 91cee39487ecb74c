"""Prints how many tests ran in each module and how many of them were live, from the reports of surefire and failsafe."""

import collections
import glob
import xml.etree.ElementTree as ET

counts = collections.defaultdict(collections.Counter)
for path in sorted(glob.glob("*/target/surefire-reports/TEST-*.xml") + glob.glob("*/target/failsafe-reports/TEST-*.xml")):
    suite = ET.parse(path).getroot()
    groups = [path.split("/")[0], "all modules"] + (["live"] if ".live." in suite.get("name") else [])
    for group in groups:
        for key in ("tests", "failures", "errors", "skipped"):
            counts[group][key] += int(suite.get(key))
for group in sorted(counts, key=lambda name: (name == "all modules", name == "live", name)):
    print(f"{group}: " + ", ".join(f"{count} {key}" for key, count in counts[group].items()))
