"""`hent`: every command, gathered. What each does is in `api/commands/`."""

import typer

from api.commands import bench, chat, data, language, people, running

main = typer.Typer(help="Hent, l'assistant du Service Public de l'Insertion", no_args_is_help=True)

for command in (
    running.demo,
    running.serve,
    running.worker,
    data.migrate,
    data.seed,
    data.purge,
    language.train,
    language.entities,
    language.urgent,
    chat.chat,
    bench.bench,
):
    main.command()(command)

main.add_typer(language.nlu, name="nlu")
main.add_typer(people.caseworker, name="caseworker")
main.add_typer(people.person, name="person")

if __name__ == "__main__":
    main()
