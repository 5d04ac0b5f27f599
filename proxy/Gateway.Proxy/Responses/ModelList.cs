using System.Text.Json;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Responses;

/// <summary>Lists the models that one agent may call, in the door's own shape. Nothing is asked of a provider.</summary>
public static class ModelList
{
    public static async Task WriteAsync(HttpContext http, Door door, IReadOnlyList<string> models, ResponseMetadata marks)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            Write(json, door, models);
        }

        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        marks.WriteTo(http.Response.Headers);
        await http.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), http.RequestAborted);
    }

    /// <summary>
    /// The names that a dialect's connectors offer for operations that the agent is granted, each once, in order; null for an agent that
    /// may not act.
    /// </summary>
    /// <param name="status">The agent's status in the durable store; null where it says nothing.</param>
    public static IReadOnlyList<string>? Of(TenantSnapshot tenant, Id<Agent> agent, LifecycleStatus? status, Door door)
    {
        if (
            !tenant.Agents.TryGetValue(agent, out var dossier)
            || dossier.Agent.Status != LifecycleStatus.Active
            || status is not (null or LifecycleStatus.Active)
        )
        {
            return null;
        }

        var type = door == Door.Anthropic ? ConnectorType.Anthropic : ConnectorType.OpenAi;
        return
        [
            .. tenant
                .ModelConnectors.Where(c =>
                    c.Type == type && c.Operations.Any(o => o.Methods.Count > 0 && dossier.Permissions.ContainsKey((c.Id, o.Id)))
                )
                .SelectMany(c => c.Models)
                .SelectMany(m => m.Names)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
    }

    private static void Write(Utf8JsonWriter json, Door door, IReadOnlyList<string> models)
    {
        json.WriteStartObject();
        if (door == Door.OpenAi)
        {
            json.WriteString("object", "list");
        }

        json.WriteStartArray("data");
        foreach (var model in models)
        {
            json.WriteStartObject();
            json.WriteString("id", model);
            if (door == Door.Anthropic)
            {
                json.WriteString("type", "model");
                json.WriteString("display_name", model);
                json.WriteString("created_at", "1970-01-01T00:00:00Z");
            }
            else
            {
                json.WriteString("object", "model");
                json.WriteNumber("created", 0);
                json.WriteString("owned_by", "gateway");
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (door == Door.Anthropic)
        {
            json.WriteBoolean("has_more", false);
            json.WriteString("first_id", models.Count > 0 ? models[0] : null);
            json.WriteString("last_id", models.Count > 0 ? models[^1] : null);
        }

        json.WriteEndObject();
    }
}
