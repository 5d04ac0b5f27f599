using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Evidence.Log.Shipping;
using Gateway.Proxy.Evidence;

namespace Gateway.Cli.Commands.Journal;

/// <summary><c>gateway journal ship</c>: copies what is sealed to an archive and reads it back. Removes nothing.</summary>
internal sealed class JournalShipCommand : LeafCommand
{
    private readonly Option<string> _to = new("--to")
    {
        Description = "The archive's folder, which must be there. As without it: Gateway:Journal:Archive.",
        HelpName = "folder",
    };

    public JournalShipCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "ship",
            "Copy the journal's sealed segments, with what proves them, to an archive and read them back.",
            "gateway journal ship --to /mnt/archive"
        ) => Add(_to);

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var instance = LocalInstance.Open(Configuration);
        var to = parsed.GetValue(_to) ?? instance.JournalArchive;
        if (to.Length == 0)
        {
            throw new InvalidInputException(
                "There is no archive to ship to.",
                "Name its folder with --to, or set Gateway:Journal:Archive."
            );
        }

        var keys = instance.LoadKeys();
        var signing = LogSigningKeys.Of(keys.Keys.LogSigning);
        var shipping = new JournalShipping(instance.JournalFolder, to, signing, TimeProvider.System);
        var passes = new List<ShippedJournal>();
        do
        {
            passes.Add(await Task.Run(() => shipping.Run(cancellationToken), cancellationToken));
        } while (passes[^1].GoesOn);

        return Show(to, passes) with
        {
            Warnings = keys.Warnings,
        };
    }

    private static CommandResult Show(string to, List<ShippedJournal> passes)
    {
        var last = passes[^1];
        var rows = last
            .Logs.Select(log => log with { Shipped = passes.Sum(pass => ShippedOf(pass, log)), Bytes = BytesOf(passes, log) })
            .ToList();
        var data = new JsonObject
        {
            ["archive"] = Path.GetFullPath(to),
            ["shipped"] = rows.Sum(row => row.Shipped),
            ["unshipped"] = last.Unshipped,
            ["logs"] = new JsonArray([.. rows.Select(row => (JsonNode)Describe(row))]),
        };
        var result =
            last.FirstProblem.Length == 0
                ? CommandResult.Ok(
                    data,
                    $"{rows.Sum(row => row.Shipped)} segments were shipped to '{to}'; {last.Unshipped} are not there yet."
                )
                : CommandResult.Refused(
                    ExitCode.Failed,
                    $"{last.Unshipped} segments are not verifiably in '{to}': {last.FirstProblem}",
                    "Nothing was removed. Mend the archive and ship again."
                ) with
                {
                    Data = data,
                };
        return rows.Count == 0
            ? result
            : result with
            {
                Table = Columns.Of(["Tenant", "Log", "Sealed", "Shipped", "Bytes", "Unshipped", "Problem"], rows.Select(Cells)),
            };
    }

    private static int ShippedOf(ShippedJournal pass, ShippedLog log) => pass.Logs.Where(one => one.Log == log.Log).Sum(one => one.Shipped);

    private static long BytesOf(List<ShippedJournal> passes, ShippedLog log) =>
        passes.SelectMany(pass => pass.Logs).Where(one => one.Log == log.Log).Sum(one => one.Bytes);

    private static string[] Cells(ShippedLog log) =>
        [
            log.Tenant,
            log.Log,
            Text(log.Sealed),
            Text(log.Shipped),
            Text(log.Bytes),
            Text(log.Unshipped),
            log.IsBusy ? "somebody else ships it now" : log.Problem,
        ];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static JsonObject Describe(ShippedLog log) =>
        new()
        {
            ["tenant"] = log.Tenant,
            ["log"] = log.Log,
            ["sealed"] = log.Sealed,
            ["shipped"] = log.Shipped,
            ["bytes"] = log.Bytes,
            ["unshipped"] = log.Unshipped,
            ["busy"] = log.IsBusy,
            ["problem"] = log.Problem,
        };
}
