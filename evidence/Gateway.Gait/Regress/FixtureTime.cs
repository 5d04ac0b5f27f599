using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Regress;

/// <summary>When a recorded run was.</summary>
public static class FixtureTime
{
    public static DateTimeOffset Of(Runpack pack) =>
        GoTime.TryParse(pack.Run.Text("created_at"), out var time) ? new DateTimeOffset(time.Utc, TimeSpan.Zero) : DateTimeOffset.UnixEpoch;
}
