using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Doors.Models;

/// <summary>
/// Writes down which files and batches an agent has, and gives it the list of them: the provider's own list has those of all agents. How
/// each stands is what the provider said of it last, in that list or in an answer about it alone.
/// </summary>
internal sealed class OwnedObjects(IDurableStore store)
{
    /// <summary>What is asked of the provider for a list, whatever the agent asked for: how its newest stand now.</summary>
    public static readonly string ListQuery = $"?limit={MostAsked}";

    private const int MostAsked = 100;

    private static readonly string[] Outputs = ["output_file_id", "error_file_id"];

    /// <summary>What was made is the agent's from before it knows of it; an answer that couldn't be written down doesn't go on.</summary>
    public async ValueTask<Refusal?> AddAsync(Intent intent, OwnedKind kind, BatchReading? batch, JsonElement card)
    {
        if (IdOf(card) is not { } id)
        {
            return Unreadable;
        }

        var made = new OwnedObject(intent.Agent, intent.Connector, kind, id, card.GetRawText(), batch);
        return await store.AddObjectAsync(intent.Tenant, made, CancellationToken.None)
            ? null
            : new Refusal(ReasonCode.UpstreamFailed, "The provider gave it an id that another object has.");
    }

    public async ValueTask<Refusal?> RefreshAsync(Intent intent, OwnedKind kind, IEnumerable<JsonElement> cards)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var card in cards.Take(MostAsked)) // Whatever more a provider may send.
        {
            if (IdOf(card) is not { } id)
            {
                return Unreadable;
            }

            known[id] = card.GetRawText();
        }

        var own = await store.RefreshObjectsAsync(intent.Tenant, intent.Agent, intent.Connector, kind, known, CancellationToken.None);
        if (kind == OwnedKind.Batch)
        {
            foreach (var id in own)
            {
                await AddFilesOfAsync(intent, known[id]);
            }
        }

        return null;
    }

    /// <summary>What a batch has written is its agent's too. How large it is, the next list of files says.</summary>
    private async ValueTask AddFilesOfAsync(Intent intent, string batch)
    {
        using var card = JsonDocument.Parse(batch);
        foreach (var member in Outputs)
        {
            if (card.RootElement.TryGetProperty(member, out var file) && file.ValueKind == JsonValueKind.String)
            {
                var id = file.GetString()!;
                var made = JsonSerializer.Serialize(
                    new
                    {
                        id,
                        @object = "file",
                        purpose = "batch_output",
                    }
                );
                await store.AddObjectAsync(
                    intent.Tenant,
                    new OwnedObject(intent.Agent, intent.Connector, OwnedKind.File, id, made),
                    CancellationToken.None
                );
            }
        }
    }

    public Task ForgetAsync(Intent intent, OwnedKind kind, string id) =>
        store.ForgetObjectAsync(intent.Tenant, intent.Agent, intent.Connector, kind, id, CancellationToken.None);

    public Task<OwnedObject?> FindAsync(Id<Tenant> tenant, Id<Agent> agent, Id<Connector> connector, OwnedKind kind, string id) =>
        store.FindObjectAsync(tenant, agent, connector, kind, id, CancellationToken.None);

    /// <summary>One page of what is the agent's own, in the shape of the provider's list.</summary>
    /// <param name="show">From what the provider said of an object to what the agent is told.</param>
    public async ValueTask<byte[]> ListAsync(Id<Tenant> tenant, OwnedPage page, ConnectorType type, Func<string, string> show)
    {
        var found = await store.ListObjectsAsync(tenant, page with { Most = page.Most + 1 }, CancellationToken.None);
        var hasMore = found.Count > page.Most;
        var shown = page.Before is null ? found.Take(page.Most).ToArray() : [.. found.TakeLast(page.Most)];
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            if (type == ConnectorType.OpenAi)
            {
                json.WriteString("object", "list");
            }

            json.WriteStartArray("data");
            foreach (var one in shown)
            {
                json.WriteRawValue(show(one.Card));
            }

            json.WriteEndArray();
            json.WriteString("first_id", shown.FirstOrDefault()?.Id);
            json.WriteString("last_id", shown.LastOrDefault()?.Id);
            json.WriteBoolean("has_more", hasMore);
            json.WriteEndObject();
        }

        return output.ToArray();
    }

    public static Refusal Unreadable { get; } = new(ReasonCode.UpstreamFailed, "It was done, and the answer doesn't say what it is about.");

    private static string? IdOf(JsonElement card) =>
        card.ValueKind == JsonValueKind.Object
        && card.TryGetProperty("id", out var id)
        && id.ValueKind == JsonValueKind.String
        && id.GetString() is { Length: > 0 } text
            ? text
            : null;
}
