using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Arguments;
using Gateway.Cli.Remote;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Notices;

/// <summary><c>gateway notices resend</c>: has the running instance send dead letters again, under the ids that they had.</summary>
internal sealed class NoticesResendCommand : LeafCommand
{
    private const int Most = 10_000;

    private readonly Argument<string?> _id = new("ID")
    {
        Description = "The dead letter's, such as ntc_….",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<Id<Tenant>> _tenant = NameOptions.TenantOrProfile();
    private readonly Option<bool> _all = new("--all") { Description = "All dead letters." };
    private readonly Option<string> _reason = ReasonOption.Create(required: false);
    private readonly ProfileOption _profile;

    public NoticesResendCommand(CommandConfiguration configuration)
        : base(configuration, "resend", "Send dead letters again.", "gateway notices resend --tenant acme --all")
    {
        NoOption.Require(_id);
        Add(_id);
        Add(_tenant);
        Add(_all);
        Add(_reason);
        _profile = new ProfileOption(this);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (at, id, all) = (_profile.Find(parsed), parsed.GetValue(_id), parsed.GetValue(_all));
        var tenant = ProfileOption.TenantOf(parsed, _tenant, at);
        if (id is null != all)
        {
            throw new InvalidInputException("Nobody knows what to send again.", "Name one, or say --all.");
        }

        if (at is not null)
        {
            return Shown(await RemoteNotices.ResendAsync(at, id, Most, ReasonOption.Read(parsed, _reason), cancellationToken));
        }

        var instance = LocalInstance.Open(Configuration);
        var keys = instance.LoadKeys();
        await using var change = await instance.BeginChangeAsync(
            keys,
            tenant,
            GovernedChange.NoticeResent,
            FullName,
            ReasonOption.Read(parsed, _reason),
            cancellationToken
        );
        var resent = new List<string>();
        foreach (var one in id is null ? await DeadAsync(change, cancellationToken) : [id])
        {
            if (await change.Notices.ResendAsync(tenant, one, TimeProvider.System.GetUtcNow(), cancellationToken))
            {
                resent.Add(one);
            }
        }

        if (id is not null && resent.Count == 0)
        {
            throw new InvalidInputException($"The tenant '{tenant}' has no dead letter '{id}'.", "List them: gateway notices list --dead.");
        }

        await change.RecordAsync(cancellationToken);
        return Shown(resent) with { Warnings = keys.Warnings };
    }

    private static CommandResult Shown(IReadOnlyList<string> resent) =>
        CommandResult.Ok(
            new() { ["resent"] = new JsonArray([.. resent.Select(one => (JsonNode)one)]) },
            resent.Count == 0 ? "There is no dead letter." : $"To be sent again: {string.Join(", ", resent)}."
        );

    private static async Task<IEnumerable<string>> DeadAsync(LocalChange change, CancellationToken cancellationToken) =>
        (await change.Notices.ListAsync(change.Tenant, NoticeState.Dead, Most, cancellationToken)).Select(one => one.Id);
}
