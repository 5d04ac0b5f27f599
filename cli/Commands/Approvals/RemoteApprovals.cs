using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Gateway.Cli.Arguments;
using Gateway.Cli.Remote;
using Gateway.Cli.Results;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Approvals;

/// <summary>At an operators' listener. Who decides is the token's operator.</summary>
internal sealed class RemoteApprovals(Endpoint at) : IApprovals
{
    /// <value>The largest page.</value>
    private const int PageSize = 200;

    private readonly OperatorsApi _api = OperatorsApi.Of(at);

    public IReadOnlyList<string> Warnings => [];

    /// <summary>Without views: each that is read is put on record.</summary>
    public async Task<IReadOnlyList<ApprovalRecord>> ListAsync(bool all, int most, CancellationToken cancellationToken)
    {
        var (found, cursor, seen) = (new List<ApprovalRecord>(), "", 0);
        do
        {
            var page = (
                await _api.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/approvals?limit={PageSize}{cursor}"), cancellationToken)
            ).Read<RemoteApprovalPage>();
            seen += page.Items.Count;
            found.AddRange(page.Items.Select(one => one.ToRecord(view: "")).Where(one => one.IsLive || all));
            cursor = page.Next is { Length: > 0 } next && page.Items.Count > 0 ? "&cursor=" + Uri.EscapeDataString(next) : "";
        } while (cursor.Length > 0 && seen < most);

        return found;
    }

    public async Task<ApprovalRecord> FindAsync(string id, CancellationToken cancellationToken)
    {
        var path = PathOf(id);
        var said = await _api.GetAsync(path, cancellationToken);
        return Shown(said, await _api.GetAsync(path + "/view", cancellationToken));
    }

    /// <summary>What is to be voted on is read first: so that the answer shows what was voted on, and nothing else is.</summary>
    public async Task<ApprovalRecord> VoteAsync(string id, bool approves, string view, string reason, CancellationToken cancellationToken)
    {
        var path = PathOf(id);
        var shown = await ViewAsync(_api, id, view, cancellationToken);
        var vote = new JsonObject
        {
            ["vote"] = approves ? "approve" : "deny",
            ["view_sha256"] = DigestOf(shown),
            ["reason"] = reason,
        };
        return Shown(await _api.SendAsync(HttpMethod.Post, path + "/votes", vote, version: null, cancellationToken), shown);
    }

    /// <summary>By password: who has the token alone can do no such thing.</summary>
    public async Task<ApprovalRecord> BreakGlassAsync(
        string id,
        string view,
        string reason,
        string ticket,
        CancellationToken cancellationToken
    )
    {
        var path = PathOf(id);
        await using var session = await OperatorSession.BeginAsync(at, new Questions(), cancellationToken);
        var shown = await ViewAsync(session.Api, id, view, cancellationToken);
        var glass = new JsonObject
        {
            ["view_sha256"] = DigestOf(shown),
            ["reason"] = reason,
            ["ticket"] = ticket,
        };
        return Shown(await session.Api.SendAsync(HttpMethod.Post, path + "/break-glass", glass, version: null, cancellationToken), shown);
    }

    public Task RevokeAsync(string id, string reason, CancellationToken cancellationToken) =>
        _api.SendAsync(
            HttpMethod.Post,
            PathOf(id) + "/revocation",
            new JsonObject { ["reason"] = reason },
            version: null,
            cancellationToken
        );

    public ValueTask DisposeAsync()
    {
        _api.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string PathOf(string id) => "/approvals/" + PathPart.Of(id, "approval");

    /// <exception cref="InvalidInputException">It isn't what was shown.</exception>
    private static async Task<ApiAnswer> ViewAsync(OperatorsApi api, string id, string digest, CancellationToken cancellationToken)
    {
        var view = await api.GetAsync(PathOf(id) + "/view", cancellationToken);
        return string.Equals(DigestOf(view), digest, StringComparison.OrdinalIgnoreCase)
            ? view
            : throw new InvalidInputException($"{id} isn't what was shown under that digest.", "Look at it again: gateway approvals show.");
    }

    private static string DigestOf(ApiAnswer view) => Convert.ToHexStringLower(SHA256.HashData(view.Bytes));

    /// <summary>The digest is of the bytes that are shown, and not what somebody says that it is.</summary>
    private static ApprovalRecord Shown(ApiAnswer said, ApiAnswer view)
    {
        _ = view.Read<JsonObject>();
        var summary = said.Read<RemoteApproval>();
        return summary.ViewSha256 == DigestOf(view)
            ? summary.ToRecord(System.Text.Encoding.UTF8.GetString(view.Bytes))
            : throw new InvalidInputException(
                $"What is shown of {VisibleText.Of(summary.Id)} isn't what is to be approved.",
                "Look at it again; if that stays, vote for nothing and tell who runs that Gateway."
            );
    }
}

internal sealed record RemoteApprovalPage(IReadOnlyList<RemoteApproval> Items, string? Next = null);

/// <summary>An approval as the operators' API has it.</summary>
internal sealed record RemoteApproval(
    string Id,
    string State,
    string Agent,
    IReadOnlyList<string> Gates,
    int Needed,
    DateTimeOffset At,
    DateTimeOffset ExpiresAt,
    string DecisionId,
    string ActionSha256,
    string ViewSha256,
    IReadOnlyList<RemoteVote> Votes,
    string? UsedBy = null,
    RemoteBrokenGlass? BrokenGlass = null
)
{
    /// <summary>Text that stands in a table or a line is made visible where it is shown.</summary>
    public ApprovalRecord ToRecord(string view) =>
        new()
        {
            Id = VisibleText.Of(Id),
            Agent = VisibleText.Of(Agent),
            Action = ActionSha256,
            View = view,
            ViewDigest = VisibleText.Of(ViewSha256),
            Gates = [.. Gates.Select(VisibleText.Of)],
            Needed = Needed,
            DecisionId = DecisionId,
            At = At,
            Ends = ExpiresAt,
            TimeToUse = default,
            State = Enum.TryParse<ApprovalState>(State, ignoreCase: true, out var state) ? state : ApprovalState.Unknown,
            Votes = [.. Votes.Select(vote => new ApprovalVote(vote.Person, vote.Vote == "approve", ViewSha256, vote.At, vote.Reason))],
            BrokenGlass = BrokenGlass is { } glass ? new BrokenGlass(glass.Person, ViewSha256, glass.At, glass.Reason, glass.Ticket) : null,
            UsedBy = UsedBy,
        };
}

internal sealed record RemoteVote(string Person, string Vote, DateTimeOffset At, string Reason);

internal sealed record RemoteBrokenGlass(string Person, DateTimeOffset At, string Reason, string Ticket);
