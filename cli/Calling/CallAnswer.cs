using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Cli.Results;

namespace Gateway.Cli.Calling;

/// <summary>What is done with the answer to a call: to the standard output as it comes, or into the envelope.</summary>
internal static class CallAnswer
{
    /// <value>The largest answer that the envelope holds, in bytes; without it there is no limit.</value>
    private const int MaxEnvelopeBytes = 16 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Copies the answer as it arrives, so that a stream shows event by event.</summary>
    /// <exception cref="IOException">The answer broke off.</exception>
    public static async Task<CommandResult> PrintAsync(HttpResponseMessage answer, bool withHead, CancellationToken cancellationToken)
    {
        await using var output = StandardOutput.Open();
        if (withHead)
        {
            await output.WriteAsync(Encoding.Latin1.GetBytes(Head(answer)), cancellationToken);
        }

        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            await output.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            await output.FlushAsync(cancellationToken);
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return Judge(answer, []);
    }

    /// <summary>Holds the answer and describes it.</summary>
    /// <exception cref="IOException">The answer broke off, or it is too long.</exception>
    public static async Task<CommandResult> DescribeAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await answer.Content.LoadIntoBufferAsync(MaxEnvelopeBytes, cancellationToken);
        var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        var headers = Fields(answer)
            .Select(field => KeyValuePair.Create(field.Name.ToLowerInvariant(), (JsonNode?)field.Value))
            .DistinctBy(field => field.Key);
        var data = new JsonObject
        {
            ["status"] = (int)answer.StatusCode,
            ["decision"] = Decision(answer),
            ["headers"] = new JsonObject(headers),
        };
        Put(data, body);
        return Judge(answer, data);
    }

    /// <summary>JSON as JSON, other text as text, and anything else as base64.</summary>
    private static void Put(JsonObject data, byte[] body)
    {
        try
        {
            data["body"] = JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            try
            {
                data["body"] = Strict.GetString(body);
            }
            catch (DecoderFallbackException)
            {
                data["bodyBase64"] = Convert.ToBase64String(body);
            }
        }
    }

    private static CommandResult Judge(HttpResponseMessage answer, JsonObject data)
    {
        var status = (int)answer.StatusCode;
        if (answer.IsSuccessStatusCode)
        {
            return CommandResult.Ok(data);
        }

        var refused = Decision(answer) switch
        {
            "block" => CommandResult.Refused(ExitCode.Blocked, $"Gateway blocked the call ({status}).", "The answer says why."),
            "require_approval" => CommandResult.Refused(
                ExitCode.ApprovalRequired,
                $"The call needs an approval ({status}).",
                "The answer says whose."
            ),
            _ => CommandResult.Refused(ExitCode.Failed, $"The answer is {status} {(HttpStatusCode)status}."),
        };
        return refused with { Data = data };
    }

    private static string? Decision(HttpResponseMessage answer) =>
        answer.Headers.NonValidated.TryGetValues("Gateway-Decision", out var values) ? values.ToString() : null;

    private static string Head(HttpResponseMessage answer)
    {
        var head = new StringBuilder();
        head.Append(
            CultureInfo.InvariantCulture,
            $"HTTP/{answer.Version} {(int)answer.StatusCode} {Printable.Line(answer.ReasonPhrase ?? "")}\r\n"
        );
        foreach (var (name, value) in Fields(answer))
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {Printable.Line(value)}\r\n");
        }

        return head.Append("\r\n").ToString();
    }

    private static IEnumerable<(string Name, string Value)> Fields(HttpResponseMessage answer) =>
        answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated).Select(field => (field.Key, field.Value.ToString()));
}
