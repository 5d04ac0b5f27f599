using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Records;
using Gateway.Evidence.Verification;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Audit;

/// <summary><c>gateway changes list</c>: who changed what, why and when, as the journal has it.</summary>
internal sealed class ChangesListCommand : LeafCommand
{
    private readonly Option<Id<Tenant>> _tenant = NameOptions.Tenant();
    private readonly Option<string> _kind = new("--kind") { Description = "One kind of change only.", HelpName = "kind" };
    private readonly Option<string> _journal = new("--journal")
    {
        Description = "A journal's root; the instance's own unless it is given.",
        HelpName = "folder",
    };

    public ChangesListCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "list",
            "Show who changed what of a tenant's, why, and when: from the journal.",
            "gateway changes list --tenant acme --kind lifecycle_set"
        )
    {
        _kind.AcceptOnlyFromAmong([.. Vocabulary.Change.Words]);
        Add(_tenant);
        Add(_kind);
        Add(_journal);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var tenant = parsed.GetRequiredValue(_tenant);
        var instance = LocalInstance.Open(Configuration);
        var found = new ListedChanges();
        var warnings = new List<string>();
        var folder = Path.Combine(parsed.GetValue(_journal) ?? instance.JournalFolder, tenant.ToString());
        if (Directory.Exists(folder))
        {
            var check = JournalVerifier.Verify(
                folder,
                keys: null,
                (in RecordEnvelope record) =>
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    found.Add(record);
                },
                cancellationToken
            );
            if (check.Problem is { Kind: not LogProblemKind.TornTail } problem)
            {
                warnings.Add($"Behind this nothing was read: {problem}");
            }
        }

        if (parsed.GetValue(_journal) is null)
        {
            warnings.AddRange(found.AddUnrecorded(await instance.UnrecordedAsync(tenant, cancellationToken)));
        }

        var rows = found.Of(parsed.GetValue(_kind));
        return CommandResult.Ok(new() { ["changes"] = new JsonArray([.. rows.Select(row => (JsonNode)row)]) }) with
        {
            Table = Columns.Of(["At", "Kind", "Subject", "By", "Reason", "Receipt"], rows.Select(ListedChanges.Row)),
            Warnings = warnings,
        };
    }
}
