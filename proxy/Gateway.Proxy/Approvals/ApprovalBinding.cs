using System.Text;
using System.Text.Json;
using Gateway.Connectors.Redaction;
using Gateway.Policy.Model;
using Gateway.Proxy.Decisions;

namespace Gateway.Proxy.Approvals;

/// <summary>What an approval is bound to, and what the people who give it are shown.</summary>
internal static class ApprovalBinding
{
    /// <summary>What a person must not learn by approving; an amount or a name that is to be judged stays.</summary>
    private static readonly RedactionTerms Hidden = new(RedactionPatterns.Secret | RedactionPatterns.Card, TermSet<ArgumentPointer>.Empty);

    /// <summary>
    /// The digest of the whole action: who, what, with which bytes, on which data, at which level; and of the documents that say what the
    /// operation is, who the agent is and who approves. Whatever of it changes, the approval is of something else.
    /// </summary>
    public static Sha256Digest DigestOf(Judgement judgement)
    {
        var read = judgement.Read;
        var text = new StringBuilder();
        text.Append(DecisionStage.DigestOf(ActionOf(read.Intent))).Append('\n').Append(judgement.Decision.Level).Append('\n');
        Add(text, judgement, "Agent", read.Intent.Agent.ToString());
        foreach (var gate in judgement.Decision.Approvals)
        {
            Add(text, judgement, "ApprovalGate", gate.Name);
        }

        var groups = new SortedSet<string>(
            judgement.Decision.Approvals.SelectMany(gate => gate.ApproverGroups.Concat(gate.BreakGlass?.Groups ?? [])),
            StringComparer.Ordinal
        );
        foreach (var group in groups)
        {
            Add(text, judgement, "ApproverGroup", group);
        }

        Add(text, judgement, "Connector", read.Intent.Connector.ToString());

        return Sha256Digest.Compute(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>
    /// The same for each message that asks for the same. What an MCP message says of itself (its id, its session, where progress goes) is
    /// in its body and headers; what it asks for is in its method, name, definition and arguments, which count byte by byte.
    /// </summary>
    private static Intent ActionOf(Intent intent) =>
        intent.Door == Door.Mcp
            ? intent with
            {
                Session = null,
                Target = intent.Target with { Headers = default, Content = Sha256Digest.Compute(intent.Arguments.Span) },
            }
            : intent with
            {
                Session = null,
            };

    /// <summary>The action as JSON, always in the same form.</summary>
    /// <returns>Null where its arguments can't be shown without what must not be.</returns>
    public static string? ViewOf(Judgement judgement)
    {
        var (read, decision) = (judgement.Read, judgement.Decision);
        var intent = read.Intent;
        ReadOnlyMemory<byte> shown = default;
        if (!read.Body.Content.IsEmpty && !JsonRedactor.TryRedact(read.Body.Content, Hidden, out shown))
        {
            return null;
        }

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("agent", intent.Agent.ToString());
            json.WriteString("workspace", intent.Workspace.ToString());
            json.WriteString("owner", read.Tenant.Agents.GetValueOrDefault(intent.Agent)?.Agent.HumanOwner);
            json.WriteString("level", decision.Level.ToString());
            json.WriteString("connector", intent.Connector.ToString());
            json.WriteString("operation", intent.Operation.ToString());
            json.WriteString("action", Vocabulary.Action.Text(read.Operation.Action));
            json.WriteString("risk", Vocabulary.Risk.Text(read.Operation.Risk));
            json.WriteString("model", intent.Model);
            json.WriteString("method", intent.Target.Method);
            json.WriteString("target", intent.Target.Authority + intent.Target.PathAndQuery);
            json.WriteString("body_sha256", intent.Target.Content.ToString());
            json.WritePropertyName("arguments");
            if (shown.IsEmpty)
            {
                json.WriteNullValue();
            }
            else
            {
                json.WriteRawValue(shown.Span);
            }

            Write(json, "reasons", decision.Reasons.Select(reason => Reasons.Of(reason).Code));
            Write(json, "gates", decision.Approvals.Select(gate => gate.Name));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    /// <summary>What there is no document of says nothing.</summary>
    private static void Add(StringBuilder text, Judgement judgement, string kind, string name)
    {
        if (judgement.Read.Envelope.Snapshot.FindDocument(judgement.Read.Intent.Tenant, kind, name) is { } document)
        {
            text.Append(document.Kind).Append('/').Append(document.Name).Append(' ').Append(document.Digest).Append('\n');
        }
    }
}
