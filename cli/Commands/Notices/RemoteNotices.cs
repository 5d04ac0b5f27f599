using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Cli.Remote;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Notices;

/// <summary>What people are told, at an operators' listener.</summary>
internal static class RemoteNotices
{
    /// <value>The largest page.</value>
    private const int PageSize = 200;

    /// <summary>The newest first.</summary>
    public static async Task<IReadOnlyList<NoticeRecord>> ListAsync(Endpoint at, bool dead, int most, CancellationToken cancellationToken)
    {
        using var api = OperatorsApi.Of(at);
        return await ListAsync(api, dead, most, cancellationToken);
    }

    /// <param name="id">Null for all dead letters.</param>
    /// <returns>Those that are sent again, by their ids.</returns>
    public static async Task<IReadOnlyList<string>> ResendAsync(
        Endpoint at,
        string? id,
        int most,
        string reason,
        CancellationToken cancellationToken
    )
    {
        using var api = OperatorsApi.Of(at);
        IReadOnlyList<string> ids = id is null
            ? [.. (await ListAsync(api, dead: true, most, cancellationToken)).Select(one => one.Id)]
            : [id];
        foreach (var one in ids)
        {
            var path = $"/notices/{PathPart.Of(one, "notice")}/resend";
            await api.SendAsync(HttpMethod.Post, path, new JsonObject { ["reason"] = reason }, version: null, cancellationToken);
        }

        return ids;
    }

    private static async Task<IReadOnlyList<NoticeRecord>> ListAsync(
        OperatorsApi api,
        bool dead,
        int most,
        CancellationToken cancellationToken
    )
    {
        var (found, state, cursor) = (new List<NoticeRecord>(), dead ? "&state=dead" : "", "");
        do
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"/notices?limit={PageSize}{state}{cursor}");
            var page = (await api.GetAsync(path, cancellationToken)).Read<RemoteNoticePage>();
            found.AddRange(page.Items.Select(one => one.ToRecord()));
            cursor = page.Next is { Length: > 0 } next && page.Items.Count > 0 ? "&cursor=" + Uri.EscapeDataString(next) : "";
        } while (cursor.Length > 0 && found.Count < most);

        return found;
    }
}

internal sealed record RemoteNoticePage(IReadOnlyList<RemoteNotice> Items, string? Next = null);

/// <summary>A notice as the operators' API has it.</summary>
internal sealed record RemoteNotice(
    string Id,
    string State,
    string Channel,
    string Event,
    string Approval,
    DateTimeOffset At,
    int Attempts,
    string Problem,
    JsonElement Facts,
    DateTimeOffset? Due = null,
    DateTimeOffset? Ended = null
)
{
    public NoticeRecord ToRecord() =>
        new()
        {
            Id = VisibleText.Of(Id),
            State = Enum.TryParse<NoticeState>(State, ignoreCase: true, out var state) ? state : NoticeState.Unknown,
            Channel = VisibleText.Of(Channel),
            Event = Vocabulary.NoticeEvent.TryParse(Event, out var about) ? about : NoticeEvent.Unknown,
            Approval = VisibleText.Of(Approval),
            At = At,
            Due = Due ?? At,
            Ended = Ended,
            Attempts = Attempts,
            Problem = VisibleText.Of(Problem),
            Facts = Facts.GetRawText(),
        };
}
