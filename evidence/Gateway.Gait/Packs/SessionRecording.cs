using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;
using Gateway.Evidence.Verification;
using Gateway.Gait.Artifacts;
using Gateway.Policy.Model;

namespace Gateway.Gait.Packs;

/// <summary>
/// What one session did, out of a journal: each decision is an intent with its result, and a reference to its receipt. The same journal
/// gives the same recording.
/// </summary>
public sealed class SessionRecording
{
    private const string Schema = "gateway.receipt";

    private readonly string _session;
    private readonly HashSet<string> _tenants = new(StringComparer.Ordinal);
    private readonly JsonArray _timeline = [];
    private readonly JsonArray _intents = [];
    private readonly JsonArray _results = [];
    private readonly JsonArray _receipts = [];

    // By decision: whether what was decided is an allow, whose outcome is its result.
    private readonly Dictionary<string, bool> _open = new(StringComparer.Ordinal);

    // By decision: where its result stands.
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    private SessionRecording(string session) => _session = session;

    /// <summary>
    /// Reads and checks the journal; a recording is made only of one that is good, or whose last record is being written.
    /// </summary>
    /// <param name="folder">A root, one tenant's folder or one log's. A session of two tenants can't be told apart, so a root must have
    /// one.</param>
    /// <param name="keys">Public keys of all instances whose logs are there; null checks no signature.</param>
    /// <exception cref="RunRecordingException">The journal is damaged or holds no decision of the session.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static RunRecording Read(
        string folder,
        IReadOnlyList<Ed25519PublicKey>? keys,
        string session,
        string runId,
        CancellationToken cancellationToken
    )
    {
        var recording = new SessionRecording(session);
        var result = JournalVerifier.Verify(folder, keys, recording.Take, cancellationToken);
        return result.Problem is { Kind: not LogProblemKind.TornTail } problem
                ? throw new RunRecordingException($"The journal can't be recorded from: {problem}")
            : recording._intents.Count == 0 ? throw new RunRecordingException("The journal holds no decision of that session.")
            : recording.ToRun(runId);
    }

    private void Take(in RecordEnvelope record)
    {
        if (!record.IsDecision && !record.Type.SequenceEqual("outcome"u8))
        {
            return;
        }

        if (!record.IsDecision && !_open.ContainsKey(Encoding.UTF8.GetString(record.DecisionId)))
        {
            return;
        }

        using var body = JsonDocument.Parse(record.Body.ToArray());
        var receipt = $"{Encoding.ASCII.GetString(record.Log)}.{record.Index}";
        if (!record.IsDecision)
        {
            AddOutcome(body.RootElement, Encoding.UTF8.GetString(record.Time));
        }
        else if (body.RootElement.FindText("session") == _session)
        {
            AddDecision(body.RootElement, receipt, Encoding.UTF8.GetString(record.Time), Sha256Digest.Compute(record.Body));
        }
    }

    private void AddDecision(JsonElement body, string receipt, string time, Sha256Digest digest)
    {
        _tenants.Add(body.Text("tenant"));
        var id = body.Text("decision_id");
        var verdict = body.Text("verdict");
        _timeline.Add(
            new JsonObject
            {
                ["event"] = "decision",
                ["ts"] = time,
                ["ref"] = id,
            }
        );
        _intents.Add(
            new JsonObject
            {
                ["intent_id"] = id,
                ["tool_name"] = $"{body.Text("connector")}/{body.Text("operation")}",
                ["args_digest"] = body.Get("target").Text("content_digest"),
                ["created_at"] = time,
            }
        );
        _receipts.Add(
            new JsonObject
            {
                ["ref_id"] = id,
                ["source_type"] = Schema,
                ["source_locator"] = receipt,
                ["query_digest"] = Sha256Digest.Compute(Encoding.ASCII.GetBytes(receipt)).ToString(),
                ["content_digest"] = digest.ToString(),
                ["retrieved_at"] = time,
                ["redaction_mode"] = "reference",
                ["immutability"] = "immutable",
            }
        );
        _open[id] = verdict is "allow" or "degrade";
        if (!_open[id])
        {
            AddResult(
                id,
                verdict,
                time,
                new JsonObject
                {
                    ["verdict"] = verdict,
                    ["reason_codes"] = new JsonArray([.. body.Items("reasons").Select(reason => (JsonNode?)reason.GetString())]),
                }
            );
        }
    }

    private void AddOutcome(JsonElement body, string time)
    {
        var id = body.Text("decision_id");
        var status = body.Text("status");
        _timeline.Add(
            new JsonObject
            {
                ["event"] = "outcome",
                ["ts"] = time,
                ["ref"] = id,
            }
        );
        if (_open[id])
        {
            AddResult(id, status == "completed" ? "ok" : status, time, JsonNode.Parse(body.GetRawText())!.AsObject());
        }
    }

    /// <summary>Of two outcomes of a decision the last one counts: its answer turned out to be cut.</summary>
    private void AddResult(string id, string status, string time, JsonObject result)
    {
        var made = new JsonObject
        {
            ["intent_id"] = id,
            ["status"] = status,
            ["created_at"] = time,
            ["result_digest"] = ArtifactJson.Digest(result).ToString(),
        };
        if (_places.TryAdd(id, _results.Count))
        {
            _results.Add(made);
        }
        else
        {
            _results[_places[id]] = made;
        }
    }

    private RunRecording ToRun(string runId) =>
        RunRecordingReader.Read(
            new JsonObject
            {
                ["run"] = new JsonObject
                {
                    ["run_id"] = runId,
                    ["created_at"] = _timeline[0]!["ts"]!.DeepClone(),
                    ["producer_version"] = "gateway",

                    // Not the machine that reads the journal: the same journal gives the same pack everywhere.
                    ["env"] = new JsonObject
                    {
                        ["os"] = "",
                        ["arch"] = "",
                        ["runtime"] = "gateway",
                    },
                    ["timeline"] = _timeline,
                },
                ["intents"] = _intents,
                ["results"] = _results,
                ["refs"] = new JsonObject { ["receipts"] = _receipts },
                ["capture_mode"] = "reference",
            }
        ) with
        {
            Tenants = _tenants,
        };
}
