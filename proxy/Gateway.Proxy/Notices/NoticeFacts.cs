using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Notices;

/// <summary>
/// What is told of an approval. No argument of the action, no target and no body is in it, nor a digest that a vote would name: whoever
/// reads it knows that there is something to decide, and can't decide it.
/// </summary>
internal sealed record NoticeFacts
{
    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>An agent's arguments are in it, as deep as they may be: one that can't be read would hold up the rest.</summary>
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 4_096 };

    public required string Tenant { get; init; }

    public required string Approval { get; init; }

    /// <value>What it was when it happened: <c>pending</c>, <c>approved</c>, <c>denied</c>, <c>expired</c>, <c>revoked</c>.</value>
    public required string State { get; init; }

    public required string Agent { get; init; }

    /// <summary>Who answers for the agent; empty where nobody does.</summary>
    public required string Owner { get; init; }

    public required string Connector { get; init; }

    public required string Operation { get; init; }

    public required string Action { get; init; }

    public required string Risk { get; init; }

    public required IReadOnlyList<NoticeReason> Reasons { get; init; }

    /// <summary>Whose members may decide.</summary>
    public required IReadOnlyList<string> Groups { get; init; }

    /// <value>People who must say yes.</value>
    public required int Needed { get; init; }

    /// <summary>Who said what; empty where nobody had.</summary>
    public required string Votes { get; init; }

    /// <summary>Who let it go ahead in an emergency; null where this isn't that.</summary>
    public NoticeEmergency? Emergency { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Until when it can be decided, or used.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>The notices of an event, one for each channel that tells it.</summary>
    public static IEnumerable<NoticeRecord> Notices(ApprovalEvent happened, TenantSnapshot tenant)
    {
        ApprovalGate[] gates = [.. tenant.Gates.Where(gate => happened.Approval.Gates.Contains(gate.Name))];
        string[] groups = [.. gates.SelectMany(gate => gate.ApproverGroups).Distinct(StringComparer.Ordinal)];
        string[] told =
            happened.Event == NoticeEvent.ApprovalBrokenGlass
                ? [.. groups, .. gates.SelectMany(gate => gate.BreakGlass?.Groups ?? [])]
                : groups;
        NotificationChannel[] channels = [.. tenant.Channels.Where(channel => channel.Tells(happened.Event, told))];
        if (channels.Length == 0)
        {
            yield break;
        }

        var facts = JsonSerializer.Serialize(Of(happened, tenant.Tenant.Id, groups), Form);
        foreach (var channel in channels)
        {
            yield return new NoticeRecord
            {
                Id = IdOf(happened.ChangeId, channel.Name),
                Channel = channel.Name,
                Event = happened.Event,
                Approval = happened.Approval.Id,
                Facts = facts,
                At = happened.At,
                Due = happened.At,
            };
        }
    }

    public static NoticeFacts Read(string json) =>
        JsonSerializer.Deserialize<NoticeFacts>(json, Form) ?? throw new FormatException("A notice tells nothing.");

    private static NoticeFacts Of(ApprovalEvent happened, Id<Tenant> tenant, string[] groups)
    {
        var approval = happened.Approval;
        using var document = JsonDocument.Parse(approval.View, Deep);
        var view = document.RootElement;
        return new NoticeFacts
        {
            Tenant = tenant.ToString(),
            Approval = approval.Id,
            State = happened.State,
            Agent = approval.Agent,
            Owner = Text(view, "owner"),
            Connector = Text(view, "connector"),
            Operation = Text(view, "operation"),
            Action = Text(view, "action"),
            Risk = Text(view, "risk"),
            Reasons = view.TryGetProperty("reasons", out var reasons)
                ? [.. reasons.EnumerateArray().Select(code => NoticeReason.Of(code.GetString() ?? ""))]
                : [],
            Groups = groups,
            Needed = approval.Needed,
            Votes = happened.Votes,
            Emergency =
                happened.Event == NoticeEvent.ApprovalBrokenGlass && approval.BrokenGlass is { } glass
                    ? new NoticeEmergency(glass.Person, glass.Ticket, glass.Reason)
                    : null,
            AskedAt = approval.At,
            EndsAt = approval.Ends,
        };
    }

    private static string Text(JsonElement view, string name) =>
        view.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string IdOf(string change, string channel) =>
        "ntc_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{change}\n{channel}")))[..32];
}

/// <summary>One person's emergency, as they said it.</summary>
/// <param name="Ticket">Where it is dealt with.</param>
internal sealed record NoticeEmergency(string Person, string Ticket, string Reason);

/// <summary>Why people are asked.</summary>
/// <param name="Text">In words.</param>
internal sealed record NoticeReason(string Code, string Text)
{
    public static NoticeReason Of(string code) => new(code, Reasons.TryParse(code, out var reason) ? Reasons.Of(reason).Message : "");
}
