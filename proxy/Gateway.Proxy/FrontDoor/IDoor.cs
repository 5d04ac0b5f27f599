using System.Text.Json;
using Gateway.Policy.Model;

namespace Gateway.Proxy.FrontDoor;

/// <summary>
/// What is particular to one door: which paths are its own, and the shapes of what it says. It travels with the call, so that no stage asks
/// which door it is; each asks the door. Stateless and thread-safe.
/// </summary>
public interface IDoor
{
    /// <summary>Its name in intents, records and metrics.</summary>
    Door Name { get; }

    /// <summary>The media type of a refusal.</summary>
    string RefusalType { get; }

    /// <summary>The HTTP status of a refusal whose reason has this one: some protocols say refusals inside a success.</summary>
    int StatusOf(int status) => status;

    /// <summary>What stands before a refusal in a stream of events, so that a client never takes a cut for an end.</summary>
    ReadOnlySpan<byte> ErrorEventStart { get; }

    /// <summary>The call that a request makes here; null where the path is none of this door's.</summary>
    /// <param name="path">As it came on the wire, without the query.</param>
    DoorCall? Find(HttpRequest request, string path);

    /// <summary>
    /// What a path is here that no door knows, so that it is refused in the door's shape and with what is likely meant; null where it
    /// doesn't look like this door's.
    /// </summary>
    DoorCall? FindLost(HttpRequest request, string path) => null;

    /// <summary>Writes a refusal's members in the shape that the door's clients raise as an error of their own.</summary>
    void WriteRefusal(Utf8JsonWriter json, in RefusalText refusal);

    /// <summary>
    /// Whether an action can be answered honestly without doing it: not a stream, nor numbers that only a provider could compute.
    /// </summary>
    bool CanAnswerAsIf(Intent intent, bool stream);

    /// <summary>Writes the members of an answer as if, empty of content, in the shape that the caller expects.</summary>
    /// <param name="id">Unique; for shapes that have an id.</param>
    void WriteDryRun(Utf8JsonWriter json, Intent intent, string id);

    /// <summary>Writes what wasn't sent behind those members, under a name of Gateway's own.</summary>
    void WriteDryRunDetail(Utf8JsonWriter json, Intent intent) => DryRunDetail.Write(json, "gateway", intent);
}

/// <summary>A door without a dialect of its own: it refuses with problem details (RFC 9457).</summary>
public abstract class ProblemDoor : IDoor
{
    public abstract Door Name { get; }

    public string RefusalType => "application/problem+json";

    public ReadOnlySpan<byte> ErrorEventStart => "event: error\ndata: "u8;

    public abstract DoorCall? Find(HttpRequest request, string path);

    public void WriteRefusal(Utf8JsonWriter json, in RefusalText refusal)
    {
        json.WriteString("type", "about:blank");
        json.WriteString("title", refusal.Title);
        json.WriteNumber("status", refusal.Status);
        json.WriteString("detail", refusal.Message);
        refusal.WriteDetail(json);
    }

    public virtual bool CanAnswerAsIf(Intent intent, bool stream) => false;

    public void WriteDryRun(Utf8JsonWriter json, Intent intent, string id) { }
}

/// <summary>What of an action wasn't sent, for whoever asked for a dry run.</summary>
internal static class DryRunDetail
{
    public static void Write(Utf8JsonWriter json, string name, Intent intent)
    {
        json.WriteStartObject(name);
        json.WriteBoolean("dry_run", true);
        json.WriteString("connector", intent.Connector.ToString());
        json.WriteString("operation", intent.Operation.ToString());
        json.WriteString("method", intent.Target.Method);
        json.WriteString("path", intent.Target.PathAndQuery);
        json.WriteString("content_sha256", intent.Target.Content.ToString());
        json.WriteEndObject();
    }
}
