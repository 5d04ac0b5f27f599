using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Agents;

/// <summary><c>gateway agents credentials create</c>: issues a credential and shows its secret, this once.</summary>
internal sealed class CredentialCreateCommand : LeafCommand
{
    private readonly Option<Id<Tenant>> _tenant = NameOptions.Tenant();
    private readonly Option<Id<Agent>> _agent = NameOptions.Agent();
    private readonly Option<Id<Workspace>> _workspace = NameOptions.Of<Workspace>(
        "--workspace",
        "The agent's workspace; as its document says where it isn't given."
    );
    private readonly Option<Id<CredentialRecord>> _name = NameOptions.Of<CredentialRecord>(
        "--name",
        "What to call it; no other of the agent's that holds has the name."
    );
    private readonly Option<CredentialKind> _kind = CredentialKinds.Option();
    private readonly Option<TimeSpan?> _expires = DurationOption.Create(
        "--expires",
        "How long it holds, from 1m to 365d. Default for a bearer 90d, for others until it is revoked."
    );
    private readonly Option<string> _publicKey = new("--public-key")
    {
        Description = "p256 only: the agent's own public key, PEM. Without it a pair is made.",
        HelpName = "file.pem",
    };

    private readonly Option<int> _keyVersion = new("--key-version")
    {
        Description = "hmac: one more than the last where an agent's secret is replaced.",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string> _reason = ReasonOption.Create(required: false);

    public CredentialCreateCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "create",
            "Issue a credential. Its secret is shown once and kept nowhere.",
            "gateway agents credentials create --tenant acme --agent assistant --kind hmac"
        )
    {
        foreach (
            var option in (ReadOnlySpan<Option>)[_tenant, _agent, _name, _workspace, _kind, _expires, _publicKey, _keyVersion, _reason]
        )
        {
            Add(option);
        }
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var instance = LocalInstance.Open(Configuration);
        var order = await OrderAsync(parsed, instance, cancellationToken);
        var keys = instance.LoadKeys();
        var issued = LocalInstance.Make(keys, order);
        await using var change = await instance.BeginChangeAsync(
            keys,
            order.Tenant,
            GovernedChange.CredentialAdded,
            FullName,
            ReasonOption.Read(parsed, _reason),
            cancellationToken
        );
        await change.Store.PrepareAsync([order.Tenant], cancellationToken);
        if (!await change.Store.AddCredentialAsync(issued.Record, cancellationToken))
        {
            throw new InvalidInputException(
                $"Another credential of the agent '{order.Agent}' has the name '{order.Name}'.",
                "Use another name, or put a new one in its place: "
                    + $"'gateway agents credentials rotate --tenant {order.Tenant} --agent {order.Agent} --name {order.Name}'."
            );
        }

        await change.RecordAsync(cancellationToken);
        return CredentialView.Show(issued) with { Warnings = keys.Warnings };
    }

    private async Task<CredentialOrder> OrderAsync(ParseResult parsed, LocalInstance instance, CancellationToken cancellationToken)
    {
        var (tenant, agent, workspace) = (parsed.GetRequiredValue(_tenant), parsed.GetRequiredValue(_agent), parsed.GetValue(_workspace));
        var described = Governance.Demand(Governance.Compile(instance.GovernanceFolder), tenant, agent).Agent;
        if (!workspace.IsEmpty && workspace != described.Workspace)
        {
            throw new InvalidInputException(
                $"The agent '{agent}' belongs to the workspace '{described.Workspace}', not to '{workspace}'.",
                "Leave --workspace out, or change the agent's document."
            );
        }

        return new CredentialOrder
        {
            Tenant = tenant,
            Agent = agent,
            AgentUid = described.Uid,
            Name = parsed.GetValue(_name) is { IsEmpty: false } name ? name.ToString() : null,
            Workspace = described.Workspace,
            Kind = parsed.GetValue(_kind),
            KeyVersion = parsed.GetValue(_keyVersion),
            Lifetime = parsed.GetValue(_expires),
            PublicKeyPem = parsed.GetValue(_publicKey) is { } file ? await InputFile.ReadTextAsync(file, cancellationToken) : null,
        };
    }
}
