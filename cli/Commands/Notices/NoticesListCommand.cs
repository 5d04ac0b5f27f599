using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Arguments;
using Gateway.Cli.Remote;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Notices;

/// <summary><c>gateway notices list</c>: what people are told, and what could not be told.</summary>
internal sealed class NoticesListCommand : LeafCommand
{
    private const int Most = 1000;

    private readonly Option<Id<Tenant>> _tenant = NameOptions.TenantOrProfile();
    private readonly Option<bool> _dead = new("--dead") { Description = "Only the dead letters." };
    private readonly ProfileOption _profile;

    public NoticesListCommand(CommandConfiguration configuration)
        : base(configuration, "list", "Show what people are told, the newest 1,000.", "gateway notices list --tenant acme --dead")
    {
        Add(_tenant);
        Add(_dead);
        _profile = new ProfileOption(this);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (at, dead) = (_profile.Find(parsed), parsed.GetValue(_dead));
        var tenant = ProfileOption.TenantOf(parsed, _tenant, at);
        var found = at is null
            ? await ListHereAsync(tenant, dead, cancellationToken)
            : await RemoteNotices.ListAsync(at, dead, Most, cancellationToken);
        return CommandResult.Ok(new() { ["notices"] = new JsonArray([.. found.Select(Show)]) }) with
        {
            Table = Columns.Of(
                ["Id", "State", "Channel", "Event", "Approval", "Attempts", "Problem"],
                found.Select(one =>
                    new[]
                    {
                        one.Id,
                        Word(one.State),
                        one.Channel,
                        Vocabulary.NoticeEvent.Text(one.Event),
                        one.Approval,
                        $"{one.Attempts}",
                        one.Problem,
                    }
                )
            ),
        };
    }

    private async Task<IReadOnlyList<NoticeRecord>> ListHereAsync(Id<Tenant> tenant, bool dead, CancellationToken cancellationToken)
    {
        await using var store = LocalInstance.Open(Configuration).OpenStore();
        return await LocalInstance.NoticesIn(store).ListAsync(tenant, dead ? NoticeState.Dead : null, Most, cancellationToken);
    }

    private static JsonNode Show(NoticeRecord one) =>
        new JsonObject
        {
            ["id"] = one.Id,
            ["state"] = Word(one.State),
            ["channel"] = one.Channel,
            ["event"] = Vocabulary.NoticeEvent.Text(one.Event),
            ["approval"] = one.Approval,
            ["at"] = InstantText.Of(one.At),
            ["due"] = one.State == NoticeState.Waiting ? InstantText.Of(one.Due) : null,
            ["ended"] = one.Ended is { } ended ? InstantText.Of(ended) : null,
            ["attempts"] = one.Attempts,
            ["problem"] = one.Problem,
            ["facts"] = JsonNode.Parse(one.Facts),
        };

    private static string Word(NoticeState state) => state.ToString().ToLowerInvariant();
}
