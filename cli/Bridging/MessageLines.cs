using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Gateway.Cli.Bridging;

/// <summary>The lines that a program writes, each a message.</summary>
internal static class MessageLines
{
    /// <summary>Until the stream ends. Empty lines are left out, and what stands behind the last line's end, which isn't whole.</summary>
    /// <param name="mostBytes">Of a line; no more is kept in memory.</param>
    /// <exception cref="InvalidDataException">A line is longer.</exception>
    public static async IAsyncEnumerable<byte[]> ReadAsync(
        PipeReader reader,
        int mostBytes,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end);
                if (line.Length > mostBytes)
                {
                    throw TooLong(mostBytes);
                }

                if (line.Length > 0)
                {
                    yield return line.ToArray();
                }

                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }

            if (buffer.Length > mostBytes)
            {
                throw TooLong(mostBytes);
            }

            if (read.IsCompleted)
            {
                yield break;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static InvalidDataException TooLong(int mostBytes) => new($"wrote a message of over {mostBytes} bytes");
}
