using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads a connector's time-outs and circuit breaker.</summary>
internal static class ResilienceFields
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(100);

    public static ConnectorTimeouts ReadTimeouts(MappingReader section)
    {
        var usual = ConnectorTimeouts.Default;
        var timeouts = new ConnectorTimeouts(
            section.Optional("connect", Quantities.Duration(Least, TimeSpan.FromMinutes(1)), usual.Connect),
            section.Optional("idle", Quantities.Duration(Least, TimeSpan.FromMinutes(10)), usual.Idle),
            section.Optional("total", Quantities.Duration(Least, TimeSpan.FromHours(1)), usual.Total)
        );
        return timeouts;
    }

    public static CircuitBreaker ReadBreaker(MappingReader section)
    {
        var usual = CircuitBreaker.Default;
        return new CircuitBreaker(
            section.Optional("failureRatio", Formats.Ratio, usual.FailureRatio),
            section.Optional("minimumRequests", Formats.Integer(1, 100_000), usual.MinimumRequests),
            section.Optional("window", Quantities.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)), usual.Window),
            section.Optional("openFor", Quantities.Duration(Least, TimeSpan.FromMinutes(10)), usual.OpenFor)
        );
    }
}
