using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Kills;

/// <summary>How a kill is asked for and shown.</summary>
internal static class KillView
{
    public static Option<bool> Graceful() =>
        new("--graceful") { Description = "Let what runs finish. Without it streams and held calls end at once." };

    public static JsonObject Json(Id<Tenant> tenant, Kill kill) =>
        new()
        {
            ["id"] = kill.Id,
            ["tenant"] = tenant.ToString(),
            ["scope"] = Vocabulary.KillScope.Text(kill.Scope),
            ["target"] = kill.Target,
            ["mode"] = Mode(kill),
            ["by"] = kill.By,
            ["reason"] = kill.Reason,
            ["at"] = InstantText.Of(kill.At),
        };

    public static string Line(Id<Tenant> tenant, Kill kill) =>
        $"{kill.Id} stops {What(kill)} of {tenant}, {Mode(kill).Replace('_', ' ')}. Lift it: gateway kill lift {kill.Id}.";

    public static string What(Kill kill) =>
        kill.Scope switch
        {
            KillScope.Agent => $"the agent {kill.Target}",
            KillScope.Connector => $"the connector {kill.Target}",
            KillScope.Operation => $"the operation {kill.Target}",
            KillScope.Everything => "everything",
            _ => "all",
        };

    public static string Mode(Kill kill) => kill.IsGraceful ? "graceful" : "at_once";
}
