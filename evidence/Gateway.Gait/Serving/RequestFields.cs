using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Gait.Serving;

/// <summary>The fields of a request to judge a call: those that are taken, refused, or taken without being done.</summary>
internal static class RequestFields
{
    private static readonly string[] NotMade = ["emit_runpack", "emit_pack"];

    /// <summary>Would let a caller choose files here, or keep state that isn't the trace's.</summary>
    private static readonly string[] Refused =
    [
        "trace_path",
        "runpack_out",
        "pack_out",
        "session_journal",
        "session_id",
        "checkpoint_interval",
    ];

    private static readonly string[] Known = ["adapter", "call", "run_id", .. NotMade, .. Refused];

    /// <summary>A sentence for each field that isn't taken.</summary>
    public static List<string> Problems(JsonObject json) =>
        json.Select(member => member.Key)
            .Where(name => !Known.Contains(name, StringComparer.Ordinal))
            .Select(name => $"{Quoted(name)}: There is no such field. Known are adapter, call, run_id.")
            .Concat(
                Refused
                    .Where(json.ContainsKey)
                    .Select(name =>
                        $"{name}: It isn't taken here: callers choose no files, and a session's name belongs into call.context.session_id."
                    )
            )
            .ToList();

    /// <summary>A sentence for each thing that is asked for and isn't done.</summary>
    public static IEnumerable<string> Warnings(JsonObject json) =>
        NotMade
            .Where(name => json[name]?.GetValueKind() == JsonValueKind.True)
            .Select(name => $"{name}: No pack is made here; the trace is the evidence. 'gateway run record' makes packs.");

    /// <summary>A name as it was given, bounded: it comes from a stranger.</summary>
    private static string Quoted(string name) => name.Length <= 64 ? name : name[..64] + "…";
}
