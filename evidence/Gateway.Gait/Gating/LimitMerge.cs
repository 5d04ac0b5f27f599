using Gateway.Cel.Text;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Gait.Gating;

/// <summary>
/// The most restrictive of several limits, for interfaces that can say only one: fewer requests, then the shorter window, then the scope
/// that sorts first. What decides counts every limit.
/// </summary>
public static class LimitMerge
{
    public static LimitDemand? MostRestrictive(IEnumerable<LimitDemand> limits) =>
        limits
            .Where(limit => limit.Requests > 0)
            .OrderBy(limit => limit.Requests)
            .ThenBy(limit => Length(limit.Window))
            .ThenBy(limit => limit.Scope, CodePointOrder.Instance)
            .FirstOrDefault();

    private static int Length(string window) =>
        window switch
        {
            "minute" => 0,
            "hour" => 1,
            _ => 2,
        };
}
