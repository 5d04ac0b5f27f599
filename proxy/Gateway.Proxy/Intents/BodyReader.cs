using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Proxy.Intents;

/// <summary>Reads a body once, within its limits of size and time, and holds it against what was signed.</summary>
public sealed class BodyReader(FrontDoorOptions options, BodyMemory memory)
{
    public async ValueTask<Result<RequestBody>> ReadAsync(RequestEnvelope envelope, VerifiedAgent agent, long limit)
    {
        var request = envelope.Http.Request;
        var lifetime = envelope.Lifetime;
        Result<RequestBody> result;
        try
        {
            var reading = RequestBody.ReadAsync(
                request.Body,
                Math.Min(limit, memory.MostOfOne),
                request.ContentLength,
                memory.For(agent),
                lifetime.Token
            );
            if (!reading.IsCompleted)
            {
                lifetime.Within(options.BodyTimeout);
            }

            result = await reading;
            lifetime.Within(Timeout.InfiniteTimeSpan);
        }
        catch (OperationCanceledException) when (lifetime.IsLate)
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
            // A chunk's length past any number, among others.
            return new Refusal(ReasonCode.MalformedRequest, "The body's framing is broken.");
        }

        if (!result.TryGet(out var body, out _))
        {
            return result;
        }

        if (request.CheckTrailersAvailable() && envelope.Http.Features.GetRequiredFeature<IHttpRequestTrailersFeature>().Trailers.Count > 0)
        {
            body.Dispose();
            // Nothing announced them, and nothing signed covers them.
            return new Refusal(ReasonCode.UnsupportedFeature, "Trailers are not allowed.");
        }

        if (agent.ClaimedContent is { } claimed && claimed != body.Digest)
        {
            body.Dispose();
            return new Refusal(ReasonCode.InvalidSignature, Note: "the body is not the one that was signed");
        }

        return result;
    }

    /// <summary>
    /// Whether a body of this type is accepted: the media type, compared without parameters. Parameters that two readers could take for
    /// two things are refused, and so is a charset other than UTF-8.
    /// </summary>
    public static bool Accepts(string? contentType, IReadOnlyList<string> accepted, out string mediaType)
    {
        mediaType = "";
        if (Listed(contentType, accepted) is { } written)
        {
            mediaType = written; // Without parameters, as most write it: nothing to parse.
            return true;
        }

        mediaType = Listed(MediaTypeText.TypeOf(contentType), accepted) ?? "";
        return mediaType.Length > 0;
    }

    /// <summary>The boundary in a content type that was accepted; empty for none.</summary>
    public static string BoundaryOf(string? contentType) => MediaTypeText.BoundaryOf(contentType).ToString();

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
