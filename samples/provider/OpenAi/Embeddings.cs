using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.OpenAi;

/// <summary><c>POST /v1/embeddings</c>: vectors of length one, made from a hash of the text.</summary>
internal static class Embeddings
{
    private const int DefaultDimensions = 256;
    private const int MostDimensions = 4096;

    /// <summary>Each input's text; token ids stand for themselves.</summary>
    public static IReadOnlyList<string> Inputs(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("input", out var input))
        {
            throw new RequestBodyException("Missing required parameter: 'input'.");
        }

        var isList = input.ValueKind == JsonValueKind.Array && input.GetArrayLength() > 0 && input[0].ValueKind != JsonValueKind.Number;
        return isList ? [.. input.EnumerateArray().Select(InputText)] : [InputText(input)];
    }

    public static Task AnswerAsync(Exchange exchange)
    {
        var dimensions = Math.Clamp(exchange.Body.Number("dimensions") ?? DefaultDimensions, 1, MostDimensions);
        var encode = exchange.Body.Text("encoding_format") == "base64" ? (Func<float[], string>)Base64 : Numbers;
        var data = Inputs(exchange.Body)
            .Select(
                (text, index) =>
                    $$"""
                        {"object":"embedding","index":{{index}},"embedding":{{encode(Vector(text, dimensions))}}}
                        """
            );
        var words = exchange.Prompt.InputWords;
        return exchange.SendAsync(
            $$$"""
            {"object":"list","data":[{{{string.Join(',', data)}}}],"model":{{{Wire.Quote(
                exchange.Prompt.Model
            )}}},"usage":{"prompt_tokens":{{{words}}},"total_tokens":{{{words}}}}}
            """
        );
    }

    private static string InputText(JsonElement input) => input.ValueKind == JsonValueKind.String ? input.GetString()! : input.GetRawText();

    private static float[] Vector(string text, int dimensions)
    {
        var seed = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        var vector = new float[dimensions];
        var sum = 0.0;
        for (var i = 0; i < dimensions; i++)
        {
            vector[i] = seed[i % seed.Length] - 127.5f + (i / seed.Length);
            sum += vector[i] * vector[i];
        }

        var length = (float)Math.Sqrt(sum);
        return Array.ConvertAll(vector, value => value / length);
    }

    // Little-endian single-precision numbers, as the clients decode them.
    private static string Base64(float[] vector) => $"\"{Convert.ToBase64String(MemoryMarshal.AsBytes<float>(vector))}\"";

    private static string Numbers(float[] vector) =>
        $"[{string.Join(',', vector.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}]";
}
