using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Secrets;

/// <summary><c>gateway vault list</c>: which secrets there are, never what they are.</summary>
internal sealed class VaultListCommand : LeafCommand
{
    private readonly Option<Id<Tenant>> _tenant = NameOptions.Tenant();

    public VaultListCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "list",
            "Show which secrets are stored, and under which key each is sealed.",
            "gateway vault list --tenant acme"
        ) => Add(_tenant);

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var instance = LocalInstance.Open(Configuration);
        var keys = instance.LoadKeys();
        var current = keys.Keys.DataEncryption.Current.Id;
        var entries = instance.OpenVault(keys).List(parsed.GetRequiredValue(_tenant));
        return Task.FromResult(
            CommandResult.Ok(new() { ["secrets"] = new JsonArray([.. entries.Select(e => Describe(e, current))]) }) with
            {
                Table = Columns.Of(
                    ["Reference", "Key", "Current"],
                    entries.Select(e => new[] { e.Reference.ToString(), e.KeyId, e.KeyId == current ? "yes" : "no" })
                ),
                Warnings = keys.Warnings,
            }
        );
    }

    private static JsonNode Describe(VaultEntry entry, string current) =>
        new JsonObject
        {
            ["reference"] = entry.Reference.ToString(),
            ["path"] = entry.Reference.Path,
            ["field"] = entry.Reference.Field,
            ["key"] = entry.KeyId,
            ["current"] = entry.KeyId == current,
        };
}
