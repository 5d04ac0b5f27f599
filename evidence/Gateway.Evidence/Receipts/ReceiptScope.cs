using System.Text.Json;
using Gateway.Evidence.Records;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Receipts;

/// <summary>Whose records somebody may have receipts of. The zero value has none.</summary>
public readonly struct ReceiptScope
{
    private readonly bool _all;
    private readonly Id<Agent> _agent;

    private ReceiptScope(bool all, Id<Agent> agent) => (_all, _agent) = (all, agent);

    /// <summary>Every record of the tenant's.</summary>
    public static ReceiptScope Tenant { get; } = new(all: true, default);

    /// <summary>The decisions about an agent and its refusals. What names no agent (outcomes, changes, repairs) is the tenant's.</summary>
    public static ReceiptScope Of(Id<Agent> agent) => new(all: false, agent);

    internal bool Has(ReadOnlyMemory<byte> record) => _all || (!_agent.IsEmpty && AgentOf(record) == _agent.ToString());

    /// <summary>Null for a record that names none, or can't be read.</summary>
    private static string? AgentOf(ReadOnlyMemory<byte> record)
    {
        if (RecordEnvelope.Read(record.Span, out var envelope) is not null)
        {
            return null;
        }

        using var body = JsonDocument.Parse(envelope.Body.ToArray());
        return body.RootElement.TryGetProperty("agent", out var agent) && agent.ValueKind == JsonValueKind.String
            ? agent.GetString()
            : null;
    }
}
