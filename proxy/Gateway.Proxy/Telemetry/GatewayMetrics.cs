using System.Diagnostics;
using System.Diagnostics.Metrics;
using Gateway.Connectors.Redaction;

namespace Gateway.Proxy.Telemetry;

/// <summary>
/// What dashboards count. Names, units and attributes are OpenTelemetry's where it has one. Nothing is measured where nobody listens. No
/// label says who the tenant or agent is, or what the path was; connectors and models have a bound.
/// </summary>
public sealed class GatewayMetrics
{
    public const string Name = "Gateway";

    /// <value>The most connectors, and the most models, that have a label of their own.</value>
    private const int MostNames = 100;

    private readonly Counter<long> _decisions;
    private readonly Histogram<double> _decision;
    private readonly Histogram<double> _admission;
    private readonly Histogram<double> _append;
    private readonly Counter<long> _unkept;
    private readonly Counter<long> _redactions;
    private readonly Counter<long> _triggers;
    private readonly Counter<long> _notices;
    private readonly Histogram<double> _upstream;
    private readonly Histogram<double> _operation;
    private readonly Histogram<long> _tokens;
    private readonly BoundedNames _connectors = new(MostNames);
    private readonly BoundedNames _models = new(MostNames);

    public GatewayMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        Meter = meters.Create(Name);
        _decisions = Meter.CreateCounter<long>(
            "gateway.decisions",
            "{decision}",
            "Requests that were answered, by what was decided about them."
        );
        _decision = Seconds("gateway.decision.duration", "Judging one action.", Fast);
        _admission = Seconds("gateway.admission.duration", "Asking the shared state whether a request may enter.", Fast);
        _append = Seconds("gateway.evidence.append.duration", "Writing the record of a decision.", Fast);
        _unkept = Meter.CreateCounter<long>("gateway.bodies.unkept", "{body}", "Bodies that were to be kept and couldn't be.");
        _redactions = Meter.CreateCounter<long>("gateway.redactions", "{redaction}", "What was replaced in requests and answers.");
        _triggers = Meter.CreateCounter<long>("gateway.triggers.fired", "{trigger}", "Triggers that fired, in shadow too.");
        _notices = Meter.CreateCounter<long>("gateway.notices", "{attempt}", "Attempts to tell people of approvals.");
        _upstream = Seconds("gateway.upstream.duration", "From sending a request to the head of its answer.", Slow);
        _operation = Seconds("gen_ai.client.operation.duration", "A model call, until its answer has ended.", Slow);
        _tokens = Meter.CreateHistogram<long>(
            "gen_ai.client.token.usage",
            "{token}",
            "Tokens that a provider counted.",
            advice: new() { HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576] }
        );
    }

    /// <summary>For what another stage observes.</summary>
    public Meter Meter { get; }

    private static double[] Fast =>
        [0.000005, 0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];

    /// <summary>Those that OpenTelemetry advises for model calls.</summary>
    private static double[] Slow => [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];

    /// <summary>Times one admission; so do the others with what they are named after.</summary>
    public StageTimer TimeAdmission(TimeProvider time) => StageTimer.Start("gateway.admission", _admission, time);

    public StageTimer TimeDecision(TimeProvider time) => StageTimer.Start("gateway.policy", _decision, time);

    public StageTimer TimeAppend(TimeProvider time) => StageTimer.Start("gateway.evidence", _append, time);

    /// <param name="reason">The refusal's code; empty for none.</param>
    /// <param name="connector">Empty before one is known.</param>
    public void Decided(string decision, string reason, string door, string connector)
    {
        if (_decisions.Enabled)
        {
            _decisions.Add(
                1,
                new TagList
                {
                    { "gateway.decision", decision },
                    { "gateway.reason", reason.Length == 0 ? "none" : reason },
                    { "gateway.door", door },
                    { "gateway.connector", ConnectorOf(connector) },
                }
            );
        }
    }

    /// <param name="problem">As the record has it.</param>
    public void Unkept(bool isRequest, string problem) =>
        _unkept.Add(1, new("gateway.body.direction", isRequest ? "request" : "response"), new("gateway.body.problem", problem));

    /// <param name="on">What it counts.</param>
    /// <param name="mode">Whether it acted.</param>
    public void Fired(string on, string mode) => _triggers.Add(1, new("gateway.trigger.event", on), new("gateway.trigger.mode", mode));

    /// <param name="type">Of the channel.</param>
    /// <param name="outcome"><c>sent</c>, <c>failed</c>, or <c>dead</c> where it was the last attempt.</param>
    public void Told(string type, string outcome) =>
        _notices.Add(1, new("gateway.channel.type", type), new("gateway.notice.outcome", outcome));

    public void Redacted(RedactionCounts counts)
    {
        if (counts.IsNone || !_redactions.Enabled)
        {
            return;
        }

        foreach (var (name, count) in counts.All)
        {
            if (count > 0)
            {
                _redactions.Add(count, new KeyValuePair<string, object?>("gateway.redaction.class", name));
            }
        }
    }

    public void Upstream(TimeSpan took, string connector)
    {
        if (_upstream.Enabled)
        {
            _upstream.Record(took.TotalSeconds, new KeyValuePair<string, object?>("gateway.connector", ConnectorOf(connector)));
        }
    }

    /// <summary>A model call has ended.</summary>
    /// <param name="error">Empty where it went well.</param>
    /// <param name="input">Null where the provider didn't say.</param>
    public void ModelCall(string provider, string operation, string model, TimeSpan took, string error, long? input, long? output)
    {
        if (!_operation.Enabled && !_tokens.Enabled)
        {
            return;
        }

        var tags = new TagList
        {
            { "gen_ai.operation.name", operation },
            { "gen_ai.provider.name", provider },
            { "gen_ai.request.model", _models.Of(model) },
        };
        Count(tags, "input", input);
        Count(tags, "output", output);
        if (error.Length > 0)
        {
            tags.Add("error.type", error);
        }

        _operation.Record(took.TotalSeconds, tags);
    }

    private void Count(TagList tags, string type, long? tokens)
    {
        if (tokens is { } count)
        {
            tags.Add("gen_ai.token.type", type); // The list is a copy.
            _tokens.Record(count, tags);
        }
    }

    /// <summary>The name, <c>other</c> where there are too many, or <c>none</c> for an empty one.</summary>
    internal string ConnectorOf(string connector) => connector.Length == 0 ? "none" : _connectors.Of(connector);

    private Histogram<double> Seconds(string name, string description, double[] bounds) =>
        Meter.CreateHistogram<double>(name, "s", description, advice: new() { HistogramBucketBoundaries = bounds });
}
