namespace Gateway.Samples.Provider.Answering;

/// <summary>Writes an answer's bytes as the directives want them cut and timed. Each write is flushed.</summary>
internal static class PacedBody
{
    public static async Task WriteAsync(HttpContext http, Directives directives, ReadOnlyMemory<byte> bytes)
    {
        var size = directives.Chunk > 0 ? directives.Chunk : Math.Max(1, bytes.Length);
        for (var start = 0; start < bytes.Length; start += size)
        {
            await http.Response.BodyWriter.WriteAsync(bytes.Slice(start, Math.Min(size, bytes.Length - start)), http.RequestAborted);
            http.RequestAborted.ThrowIfCancellationRequested();
            if (directives.Pace > 0)
            {
                await Task.Delay(directives.Pace, http.RequestAborted);
            }
        }
    }

    /// <summary>The same bytes again and again until the caller leaves.</summary>
    public static async Task RepeatAsync(HttpContext http, Directives directives, ReadOnlyMemory<byte> bytes)
    {
        while (true)
        {
            await WriteAsync(http, directives, bytes);
        }
    }
}
