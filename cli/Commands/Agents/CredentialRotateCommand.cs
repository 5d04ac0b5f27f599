using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Agents;

/// <summary><c>gateway agents credentials rotate</c>: a new one for the same agent, while the old one holds a little longer.</summary>
internal sealed class CredentialRotateCommand : LeafCommand
{
    private static readonly TimeSpan UsualOverlap = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(30);

    private readonly Option<Id<Tenant>> _tenant = NameOptions.Tenant();
    private readonly CredentialChoice _old;
    private readonly Option<TimeSpan?> _overlap = DurationOption.Create(
        "--overlap",
        "How long both hold, from 1m to 30d; never longer than the old one would have. Default 1d."
    );
    private readonly Option<TimeSpan?> _expires = DurationOption.Create(
        "--expires",
        "How long the new one holds, from 1m to 365d. As long as the old one was given, where it isn't said."
    );
    private readonly Option<string> _publicKey = new("--public-key")
    {
        Description = "p256 only: the agent's own new public key, PEM. Without it a pair is made.",
        HelpName = "file.pem",
    };

    private readonly Option<string> _reason = ReasonOption.Create(required: false);

    public CredentialRotateCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "rotate",
            "Issue a credential in another's place; both hold for a while. Its secret is shown once and kept nowhere.",
            "gateway agents credentials rotate --tenant acme --id abcdefgh23 --overlap 12h"
        )
    {
        Add(_tenant);
        _old = new CredentialChoice(this);
        foreach (var option in (ReadOnlySpan<Option>)[_overlap, _expires, _publicKey, _reason])
        {
            Add(option);
        }
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var tenant = parsed.GetRequiredValue(_tenant);
        var overlap = parsed.GetValue(_overlap) ?? UsualOverlap;
        if (overlap < CredentialIssuer.ShortestLifetime || overlap > LongestOverlap)
        {
            throw new InvalidInputException("Both hold together for 1m to 30d.", "Correct --overlap; 'revoke' ends a credential at once.");
        }

        var instance = LocalInstance.Open(Configuration);
        var old = await ChosenAsync(parsed, instance, tenant, cancellationToken);
        var described = Governance.Demand(Governance.Compile(instance.GovernanceFolder), tenant, old.Agent).Agent;
        if (described.Uid != old.AgentUid)
        {
            throw new InvalidInputException(
                $"{tenant}.{old.Id} was issued to another agent of the name '{old.Agent}', as the documents' uid says.",
                "Issue a new one with 'create', and revoke this one."
            );
        }

        var keys = instance.LoadKeys();
        var order = new CredentialOrder
        {
            Tenant = tenant,
            Workspace = old.Workspace,
            Agent = old.Agent,
            AgentUid = old.AgentUid,
            Name = old.Name,
            Kind = old.Kind,
            KeyVersion = old.Kind == CredentialKind.HmacSha256 ? old.KeyVersion + 1 : old.KeyVersion,
            Lifetime = parsed.GetValue(_expires) ?? (old.ExpiresAt - old.CreatedAt),
            PublicKeyPem = parsed.GetValue(_publicKey) is { } file ? await InputFile.ReadTextAsync(file, cancellationToken) : null,
        };
        var issued = LocalInstance.Make(keys, order);
        await using (
            var change = await instance.BeginChangeAsync(
                keys,
                tenant,
                GovernedChange.CredentialReplaced,
                FullName,
                ReasonOption.Read(parsed, _reason),
                cancellationToken
            )
        )
        {
            await ReplaceAsync(change.Store, issued.Record, old.Id, overlap, cancellationToken);
            await change.RecordAsync(cancellationToken);
        }

        return await ShowAsync(instance, issued, old.Id, cancellationToken) with
        {
            Warnings = keys.Warnings,
        };
    }

    /// <exception cref="InvalidInputException">The old one holds no more.</exception>
    private static async Task ReplaceAsync(
        IDurableStore store,
        CredentialRecord next,
        string previous,
        TimeSpan overlap,
        CancellationToken cancellationToken
    )
    {
        if (!await store.ReplaceCredentialAsync(next, previous, next.CreatedAt + overlap, cancellationToken))
        {
            throw new InvalidInputException(
                $"{next.Tenant}.{previous} holds no more: it was revoked or has expired.",
                $"Issue a new one: 'gateway agents credentials create --tenant {next.Tenant} --agent {next.Agent}'."
            );
        }
    }

    /// <summary>The newest that is meant: the one before it is replaced already.</summary>
    private async Task<CredentialRecord> ChosenAsync(
        ParseResult parsed,
        LocalInstance instance,
        Id<Tenant> tenant,
        CancellationToken cancellationToken
    )
    {
        await using var store = instance.OpenStore();
        return (await _old.FindAsync(parsed, store, tenant, cancellationToken)).LastOrDefault()
            ?? throw new InvalidInputException(
                $"The tenant '{tenant}' has no credential '{_old.Text(parsed)}'.",
                $"See 'gateway agents credentials list --tenant {tenant}'."
            );
    }

    private static async Task<CommandResult> ShowAsync(
        LocalInstance instance,
        IssuedCredential issued,
        string id,
        CancellationToken cancellationToken
    )
    {
        await using var store = instance.OpenStore();
        var old = (await store.FindCredentialAsync(issued.Record.Tenant, id, cancellationToken))!;
        var shown = CredentialView.Show(issued);
        shown.Data["replaces"] = CredentialView.ToJson(old, issued.Record.CreatedAt);
        return shown with { Lines = [.. shown.Lines, $"{old.Tenant}.{old.Id} holds until {InstantText.Of(old.ExpiresAt!.Value)}."] };
    }
}
