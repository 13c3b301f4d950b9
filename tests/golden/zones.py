"""Makes `zones.tsv`: the UTC offsets of time zones just before and after each change, from the system's zone database.

    python tests/golden/zones.py
"""

import datetime
import pathlib
import zoneinfo

# Ours, theirs, and the year from which our documentation promises the offsets.
ZONES = [
    ("utc", "UTC", 1970), ("new_york", "America/New_York", 1987), ("chicago", "America/Chicago", 1987),
    ("los_angeles", "America/Los_Angeles", 1987), ("sao_paulo", "America/Sao_Paulo", 2020),
    ("london", "Europe/London", 1996), ("frankfurt", "Europe/Berlin", 1996), ("helsinki", "Europe/Helsinki", 1996),
    ("johannesburg", "Africa/Johannesburg", 1970), ("moscow", "Europe/Moscow", 2015), ("dubai", "Asia/Dubai", 1973),
    ("kolkata", "Asia/Kolkata", 1970), ("jakarta", "Asia/Jakarta", 1970), ("shanghai", "Asia/Shanghai", 1992),
    ("tokyo", "Asia/Tokyo", 1970), ("sydney", "Australia/Sydney", 2009),
]
HOUR = 3_600_000


def main():
    with open(pathlib.Path(__file__).with_suffix(".tsv"), "w") as file:
        for ours, theirs, first in ZONES:
            zone = zoneinfo.ZoneInfo(theirs)
            offset = lambda ms: int(datetime.datetime.fromtimestamp(ms / 1000, zone).utcoffset().total_seconds() / 60)
            begin, end = (int(datetime.datetime(year, 1, 2, tzinfo=datetime.timezone.utc).timestamp()) * 1000 for year in (first, 2037))
            print(ours, begin, offset(begin), sep="\t", file=file)
            for ms in range(begin, end, HOUR):
                if offset(ms) != offset(ms + HOUR):
                    print(ours, ms + HOUR - 1, offset(ms + HOUR - 1000), sep="\t", file=file)
                    print(ours, ms + HOUR, offset(ms + HOUR), sep="\t", file=file)


if __name__ == "__main__":
    main()
