using System.Text;
using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Json;
using Gateway.Connectors.Models;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Doors.Models;

/// <summary>What one answer says of an agent's files and batches: it is written down, and a list becomes the agent's own.</summary>
/// <param name="id">The provider's, of the object that the path names; empty for none.</param>
/// <param name="page">What of a list was asked for; null where the operation is none.</param>
/// <param name="batch">What an upload asks for, were it made a batch; null for anything else.</param>
internal sealed class KeptAnswer(
    KeptObjectOperation operation,
    Intent intent,
    string id,
    OwnedPage? page,
    BatchReading? batch,
    OwnedObjects objects,
    Func<string, string> seal
)
{
    /// <summary>The body that goes on.</summary>
    public async ValueTask<Result<AnswerBody>> KeepAsync(int status, ReadOnlyMemory<byte> body)
    {
        try
        {
            if (status == StatusCodes.Status404NotFound && operation.NamesOne)
            {
                await objects.ForgetAsync(intent, operation.Kind, id);
                return new AnswerBody(body);
            }

            if (status is < 200 or > 299)
            {
                return new AnswerBody(body);
            }

            using var answer = JsonDocument.Parse(body);
            return await KeepAsync(answer.RootElement, body);
        }
        catch (JsonException)
        {
            return OwnedObjects.Unreadable;
        }
        catch (DurableStoreException)
        {
            return new Refusal(ReasonCode.DependencyUnavailable, "It may have been done, and whose it is can't be written down.");
        }
    }

    private async ValueTask<Result<AnswerBody>> KeepAsync(JsonElement answer, ReadOnlyMemory<byte> body)
    {
        if (page is not null)
        {
            var isList = answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("data", out var data);
            var cards = isList ? answer.GetProperty("data") : default;
            return cards.ValueKind != JsonValueKind.Array ? OwnedObjects.Unreadable
                : await objects.RefreshAsync(intent, operation.Kind, cards.EnumerateArray()) is { } refusal ? refusal
                : new AnswerBody(await objects.ListAsync(intent.Tenant, page, operation.Type, Show));
        }

        if (operation.Method == "DELETE")
        {
            await objects.ForgetAsync(intent, operation.Kind, id);
            return new AnswerBody(body);
        }

        var refused = operation.Makes
            ? await objects.AddAsync(intent, operation.Kind, operation.IsUpload ? batch : null, answer)
            : await objects.RefreshAsync(intent, operation.Kind, [answer]);
        return refused is { } why ? why : new AnswerBody(Shown(body));
    }

    private string Show(string card) => Encoding.UTF8.GetString(Shown(Encoding.UTF8.GetBytes(card)).Span);

    /// <summary>
    /// Anthropic says where a batch's results are, and its clients go there with the key that they have: to the provider, past Gateway. In
    /// its place stands Gateway's path, which they take from their base address on.
    /// </summary>
    private ReadOnlyMemory<byte> Shown(ReadOnlyMemory<byte> card)
    {
        if (operation.Type != ConnectorType.Anthropic)
        {
            return card;
        }

        using var read = JsonDocument.Parse(card);
        return read.RootElement.TryGetProperty("results_url", out var url) && url.ValueKind == JsonValueKind.String
            ? JsonSplice.Set(
                card.Span,
                "results_url"u8,
                Encoding.UTF8.GetBytes($"\"/v1/messages/batches/{seal(read.RootElement.GetProperty("id").GetString()!)}/results\"")
            )
            : card;
    }
}
