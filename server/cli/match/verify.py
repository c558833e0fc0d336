"""`detente verify`: verifies that a record is complete and follows the rules."""

import click

from game_rules.errors import RecordError
from server.cli.shared.errors import CHECK_FAILED, WrongInput
from server.cli.shared.log_source import told_of
from server.cli.shared.values import read_bytes


@click.command("verify")
@click.argument("record")
def command(record: str) -> int:
    """Verify that a RECORD is complete and follows the rules.

    This compares the hash of every line and plays every round again. If a check fails, the output
    names the line and the exit code is 1.

    \b
    Examples:
      detente verify match.jsonl
    """
    from game_rules.notation.heading import is_notation
    from game_rules.records.lineage import lineage
    from game_rules.records.record import read_record, verify
    from server.cli.shared.words import ENDINGS, count, lineage_words

    raw = read_bytes(record)
    if is_notation(raw):
        raise WrongInput(f"{record}: a notation has no hashes; export it with --format jsonl")
    try:
        read = read_record(raw)
        position = verify(read)
    except RecordError as error:
        click.echo(f"detente verify: {record}: {told_of(error)}", err=True)
        return CHECK_FAILED
    name, rounds = position.scenario.name, len(position.history)
    ending = ENDINGS[position.end_reason] if position.end_reason else "it has not ended"
    click.echo(f"{record}: OK")
    for change in read.changes:
        click.echo(f"  the file {change}, changed in transit; its contents are intact")
    lines = len(read.log) + (3 if read.names else 2)
    click.echo(f"  {lines} lines, each matching its hash and the line before")
    click.echo(f"  {count(rounds, 'round')} of {name} resolved again, same result; {ending}")
    for sentence in lineage_words(lineage(read.log)):
        click.echo(f"  {sentence}")
    click.echo(f"  rules {position.rules_version}, software {read.software_version}")
    return 0
