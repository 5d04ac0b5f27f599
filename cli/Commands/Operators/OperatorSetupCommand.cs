using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Operators;

/// <summary>
/// <c>gateway operators setup</c>: a key that makes a tenant's first operator, once. Where there is an administrator who can sign in, that
/// one adds the others; <c>--recover</c> is for when nobody can any more.
/// </summary>
internal sealed class OperatorSetupCommand : LeafCommand
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    private readonly Option<Id<Tenant>> _tenant = NameOptions.Tenant();
    private readonly Option<string> _reason = ReasonOption.Create(required: true);
    private readonly Option<bool> _recover = new("--recover") { Description = "Although the tenant has an administrator." };
    private readonly Option<bool> _platform = new("--platform")
    {
        Description = "They are a platform-admin, too, who may stop everything, of all tenants.",
    };

    public OperatorSetupCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "setup",
            "Make a key for a tenant's first operator, good once and for 30 minutes.",
            "gateway operators setup --tenant acme --reason 'first administrator'"
        )
    {
        Add(_tenant);
        Add(_reason);
        Add(_recover);
        Add(_platform);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var tenant = parsed.GetRequiredValue(_tenant);
        var reason = ReasonOption.Read(parsed, _reason);
        var instance = LocalInstance.Open(Configuration);
        var keys = instance.LoadKeys();
        await using var change = await instance.BeginChangeAsync(
            keys,
            tenant,
            GovernedChange.SetupOrdered,
            FullName,
            reason,
            cancellationToken
        );
        var now = TimeProvider.System.GetUtcNow();
        var roles = OperatorRoles.TenantAdmin | (parsed.GetValue(_platform) ? OperatorRoles.PlatformAdmin : OperatorRoles.None);
        var admins = (await change.Operators.ListAsync(tenant, cancellationToken)).Where(one => one.RolesAt(now).HasFlag(roles));
        if (!parsed.GetValue(_recover) && admins.FirstOrDefault() is { } admin)
        {
            throw new InvalidInputException(
                $"The tenant '{tenant}' has an administrator, '{admin.Name}', who adds the others.",
                "Have them do it; where nobody can sign in any more, say --recover."
            );
        }

        var (key, text) = new OperatorKeyIssuer(keys.Keys.BearerPepper).Issue(tenant, OperatorKeyKind.Setup, owner: "", roles, now, Life);
        await change.Operators.AddKeyAsync(tenant, key, cancellationToken);
        await change.RecordAsync(cancellationToken);
        return CommandResult.Ok(
            new()
            {
                ["tenant"] = tenant.ToString(),
                ["key"] = text.Reveal(),
                ["ends"] = InstantText.Of(key.Ends),
            },
            $"Open /console/setup at the operators' listener before {InstantText.Of(key.Ends)}. The key, shown only now:",
            text.Reveal()
        ) with
        {
            Warnings = keys.Warnings,
        };
    }
}
