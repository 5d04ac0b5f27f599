using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Notices;

/// <summary><c>gateway notices list</c>: what people are told, and what could not be told.</summary>
internal sealed class NoticesListCommand : LeafCommand
{
    private const int Most = 1000;

    private readonly Option<Id<Tenant>> _tenant = NameOptions.Tenant();
    private readonly Option<bool> _dead = new("--dead") { Description = "Only the dead letters." };

    public NoticesListCommand(CommandConfiguration configuration)
        : base(configuration, "list", "Show what people are told, the newest 1,000.", "gateway notices list --tenant acme --dead")
    {
        Add(_tenant);
        Add(_dead);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        NoticeState? state = parsed.GetValue(_dead) ? NoticeState.Dead : null;
        await using var store = LocalInstance.Open(Configuration).OpenStore();
        var found = await LocalInstance.NoticesIn(store).ListAsync(parsed.GetRequiredValue(_tenant), state, Most, cancellationToken);
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
