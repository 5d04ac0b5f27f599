using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Remote;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Kills;

/// <summary>
/// <c>gateway kill agent</c>, <c>connector</c>, <c>operation</c> and <c>tenant</c>: works with broken documents too, since stopping
/// something must not wait for them.
/// </summary>
internal sealed class KillCommand : LeafCommand
{
    private readonly KillScope _scope;
    private readonly Argument<string> _target = new("NAME");
    private readonly Option<Id<Tenant>> _tenant = NameOptions.TenantOrProfile();
    private readonly Option<bool> _graceful = KillView.Graceful();
    private readonly Option<string> _reason = ReasonOption.Create(required: true);
    private readonly ProfileOption _profile;

    public KillCommand(CommandConfiguration configuration, KillScope scope)
        : base(configuration, Vocabulary.KillScope.Text(scope), SaidOf(scope), ExampleOf(scope))
    {
        _scope = scope;
        if (scope != KillScope.Tenant)
        {
            _target.Description = scope == KillScope.Operation ? "The connector's name, '/' and the operation's." : "Its name.";
            Add(_target);
        }

        Add(_tenant);
        Add(_graceful);
        Add(_reason);
        _profile = new ProfileOption(this);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var at = _profile.Find(parsed);
        var tenant = ProfileOption.TenantOf(parsed, _tenant, at);
        var target = _scope == KillScope.Tenant ? "" : parsed.GetRequiredValue(_target);
        var reason = ReasonOption.Read(parsed, _reason);
        if (at is not null)
        {
            using var api = OperatorsApi.Of(at);
            var set = await RemoteKills.SetAsync(api, _scope, target, parsed.GetValue(_graceful), reason, cancellationToken);
            return CommandResult.Ok(KillView.Json(tenant, set), KillView.Line(tenant, set));
        }

        var instance = LocalInstance.Open(Configuration);
        var warnings = NamedTarget.Check(instance, tenant, _scope, target);
        await using (var store = instance.OpenStore())
        {
            if (!(await store.TenantsAsync(cancellationToken)).Contains(tenant))
            {
                // Made here, it would be a store that nobody follows, and all would go on.
                throw new InvalidInputException(
                    $"There is no store of the tenant '{tenant}' in '{instance.StorePlace}', so no instance runs on that; nothing was "
                        + "changed.",
                    "Name the instance's data folder by Gateway:Data:Path and its store by Gateway:Store, or run this where it runs."
                );
            }

            await store.PrepareAsync([tenant], cancellationToken);
        }

        var keys = instance.LoadKeys();
        await using var change = await instance.BeginChangeAsync(keys, tenant, GovernedChange.KillSet, FullName, reason, cancellationToken);
        var kill = change.Kills.New(_scope, target, parsed.GetValue(_graceful), TimeProvider.System.GetUtcNow());
        var held = await change.Kills.SetAsync(tenant, kill, cancellationToken);
        await change.RecordAsync(cancellationToken);
        return CommandResult.Ok(KillView.Json(tenant, held), KillView.Line(tenant, held)) with
        {
            Warnings = [.. warnings, .. keys.Warnings],
        };
    }

    private static string SaidOf(KillScope scope) =>
        scope switch
        {
            KillScope.Agent => "Stop an agent.",
            KillScope.Connector => "Stop all that goes to a connector.",
            KillScope.Operation => "Stop one operation of a connector, for all agents.",
            _ => "Stop all of a tenant.",
        };

    private static string ExampleOf(KillScope scope) =>
        scope switch
        {
            KillScope.Agent => "gateway kill agent assistant --tenant acme --reason 'INC-42: odd exports'",
            KillScope.Connector => "gateway kill connector crm --tenant acme --reason 'INC-42: odd exports'",
            KillScope.Operation => "gateway kill operation crm/export --tenant acme --reason 'INC-42: odd exports'",
            _ => "gateway kill tenant --tenant acme --reason 'INC-42: odd exports'",
        };
}
