using System.Text.Json.Nodes;
using Gateway.Cli.Remote;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Kills;

/// <summary>Kills at an operators' listener. That what they name is there is held against the documents there.</summary>
internal static class RemoteKills
{
    public static async Task<IReadOnlyList<Kill>> ListAsync(OperatorsApi api, CancellationToken cancellationToken) =>
        [.. (await api.GetAsync("/kills", cancellationToken)).Read<RemoteKillList>().Items.Select(one => one.ToKill())];

    /// <returns>What stops it now: an equal kill from before, where there was one.</returns>
    public static async Task<Kill> SetAsync(
        OperatorsApi api,
        KillScope scope,
        string target,
        bool graceful,
        string reason,
        CancellationToken cancellationToken
    )
    {
        var body = new JsonObject
        {
            ["scope"] = Vocabulary.KillScope.Text(scope),
            ["target"] = target,
            ["graceful"] = graceful,
            ["reason"] = reason,
        };
        return (await api.SendAsync(HttpMethod.Post, "/kills", body, version: null, cancellationToken)).Read<RemoteKill>().ToKill();
    }

    public static Task LiftAsync(OperatorsApi api, string id, string reason, CancellationToken cancellationToken) =>
        api.SendAsync(
            HttpMethod.Delete,
            "/kills/" + PathPart.Of(id, "kill"),
            new JsonObject { ["reason"] = reason },
            version: null,
            cancellationToken
        );
}

internal sealed record RemoteKillList(IReadOnlyList<RemoteKill> Items);

/// <summary>A kill as the operators' API has it.</summary>
internal sealed record RemoteKill(string Id, string Scope, string Target, string Mode, string By, string Reason, DateTimeOffset At)
{
    public Kill ToKill() =>
        new()
        {
            Id = VisibleText.Of(Id),
            Scope = Vocabulary.KillScope.TryParse(Scope, out var scope) ? scope : KillScope.Unknown,
            Target = VisibleText.Of(Target),
            IsGraceful = Mode == "graceful",
            By = VisibleText.Of(By),
            Reason = Reason,
            At = At,
        };
}
