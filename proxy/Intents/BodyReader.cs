using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Gateway.Proxy.Intents;

/// <summary>Reads a body once, within its limits of size and time, and holds it against what was signed.</summary>
public sealed class BodyReader(FrontDoorOptions options, TimeProvider time)
{
    public async ValueTask<Result<RequestBody>> ReadAsync(RequestEnvelope envelope, VerifiedAgent agent, long limit, CancellationToken cancellationToken)
    {
        var request = envelope.Http.Request;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Result<RequestBody> result;
        try
        {
            var reading = RequestBody.ReadAsync(request.Body, limit, request.ContentLength, end.Token);
            result = reading.IsCompleted ? await reading : await InTimeAsync(reading, end);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return ReasonCode.RequestTimeout;
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => ReasonCode.RequestTooLarge,
                StatusCodes.Status408RequestTimeout => ReasonCode.RequestTimeout,
                _ => new Refusal(ReasonCode.MalformedRequest, "The body's framing is broken."),
            };
        }

        catch (IOException)
        {
            return new Refusal(ReasonCode.MalformedRequest, "The body's framing is broken."); // A chunk's length past any number, among others.
        }

        if (!result.TryGet(out var body, out _))
        {
            return result;
        }

        if (request.CheckTrailersAvailable() && envelope.Http.Features.GetRequiredFeature<IHttpRequestTrailersFeature>().Trailers.Count > 0)
        {
            body.Dispose();
            return new Refusal(ReasonCode.UnsupportedFeature, "Trailers are not allowed."); // Nothing announced them, and nothing signed covers them.
        }

        if (agent.ClaimedContent is { } claimed && claimed != body.Digest)
        {
            body.Dispose();
            return new Refusal(ReasonCode.InvalidSignature, Note: "the body is not the one that was signed");
        }

        return result;
    }

    /// <summary>A body that came with its head, as most do, needs no clock: only one that has to be waited for is given one.</summary>
    private async ValueTask<Result<RequestBody>> InTimeAsync(ValueTask<Result<RequestBody>> reading, CancellationTokenSource end)
    {
        await using var clock = time.CreateTimer(static end => ((CancellationTokenSource)end!).Cancel(), end, options.BodyTimeout, Timeout.InfiniteTimeSpan);
        return await reading;
    }

    /// <summary>Whether a body of this type is accepted: the media type, compared without parameters; a charset other than UTF-8 is refused.</summary>
    public static bool Accepts(string? contentType, IReadOnlyList<string> accepted, out string mediaType)
    {
        mediaType = "";
        if (Listed(contentType, accepted) is { } written)
        {
            mediaType = written; // Without parameters, as most write it: nothing to parse.
            return true;
        }

        if (contentType is null || !MediaTypeHeaderValue.TryParse(contentType, out var parsed)
            || (parsed.Charset.HasValue && !parsed.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        mediaType = Listed(parsed.MediaType, accepted) ?? "";
        return mediaType.Length > 0;
    }

    private static string? Listed(ReadOnlySpan<char> type, IReadOnlyList<string> accepted)
    {
        for (var i = 0; i < accepted.Count; i++)
        {
            if (type.Equals(accepted[i], StringComparison.OrdinalIgnoreCase))
            {
                return accepted[i];
            }
        }

        return null;
    }
}
