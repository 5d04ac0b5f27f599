using System.CommandLine;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Gait.Packs;

namespace Gateway.Cli.Commands.Runs;

/// <summary><c>gateway run receipt</c>: the line for a ticket, from the pack as it is now.</summary>
internal sealed class RunReceiptCommand : LeafCommand
{
    private readonly Option<string> _from = RunArgument.From();

    public RunReceiptCommand(CommandConfiguration configuration)
        : base(configuration, "receipt", "Print a run's line for a ticket.", "gateway run receipt --from run_demo") => Add(_from);

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var pack = RunArgument.Read(parsed.GetRequiredValue(_from), out var path);
        var footer = TicketFooter.Format(pack);
        return Task.FromResult(
            CommandResult.Ok(
                new()
                {
                    ["run_id"] = pack.RunId,
                    ["path"] = path,
                    ["manifest_digest"] = pack.ManifestDigest,
                    ["ticket_footer"] = footer,
                },
                footer
            )
        );
    }
}
