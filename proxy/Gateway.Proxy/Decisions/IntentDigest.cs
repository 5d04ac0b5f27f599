using System.Buffers;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Decisions;

/// <summary>SHA-256 of an intent's canonical form (RFC 8785): what a decision token is bound to.</summary>
public static class IntentDigest
{
    public static Sha256Digest Of(Intent intent)
    {
        var (bytes, json) = CanonicalScratch.Begin();
        Write(json, intent);
        return Sha256Digest.Compute(bytes.WrittenSpan);
    }

    private static void Write(CanonicalJsonWriter json, Intent intent)
    {
        json.StartObject();
        Member(json, "agent"u8, intent.Agent.ToString());
        Member(json, "connector"u8, intent.Connector.ToString());
        Member(json, "data"u8, (int)intent.Data);
        Member(json, "door"u8, (int)intent.Door);
        Member(json, "environment"u8, (int)intent.Environment);
        if (intent.HostedTools.Count > 0)
        {
            json.Name("hosted_tools"u8);
            json.StartArray();
            for (var i = 0; i < intent.HostedTools.Count; i++)
            {
                json.String(intent.HostedTools[i].ToString());
            }

            json.EndArray();
        }

        if (intent.Model is { } model)
        {
            Member(json, "model"u8, model);
        }

        Member(json, "operation"u8, intent.Operation.ToString());
        if (intent.Session is { } session)
        {
            Member(json, "session"u8, session);
        }

        Member(json, "strength"u8, (int)intent.Strength);
        json.Name("target"u8);
        json.StartObject();
        Member(json, "authority"u8, intent.Target.Authority);
        Member(json, "content"u8, intent.Target.Content);
        Member(json, "headers"u8, intent.Target.Headers);
        Member(json, "method"u8, intent.Target.Method);
        Member(json, "path"u8, intent.Target.PathAndQuery);
        json.EndObject();
        Member(json, "tenant"u8, intent.Tenant.ToString());
        Member(json, "workspace"u8, intent.Workspace.ToString());
        json.EndObject();
    }

    private static void Member(CanonicalJsonWriter json, ReadOnlySpan<byte> name, string value)
    {
        json.Name(name);
        json.String(value);
    }

    private static void Member(CanonicalJsonWriter json, ReadOnlySpan<byte> name, Sha256Digest value)
    {
        json.Name(name);
        json.Digest(value);
    }

    private static void Member(CanonicalJsonWriter json, ReadOnlySpan<byte> name, long value)
    {
        json.Name(name);
        json.Number(value);
    }
}

/// <summary>
/// One canonical writer and its bytes for each thread: for what is digested or copied at once. Never across an <c>await</c>, nor two at a
/// time.
/// </summary>
internal static class CanonicalScratch
{
    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Bytes, CanonicalJsonWriter Json) _mine;

    /// <summary>Empties the bytes; whatever was written before is gone.</summary>
    public static (ArrayBufferWriter<byte> Bytes, CanonicalJsonWriter Json) Begin()
    {
        if (_mine.Bytes is null)
        {
            var bytes = new ArrayBufferWriter<byte>(1024);
            _mine = (bytes, new CanonicalJsonWriter(bytes));
        }

        _mine.Bytes.ResetWrittenCount();
        _mine.Json.Reset(_mine.Bytes);
        return _mine;
    }
}
