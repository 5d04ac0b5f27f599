using System.Globalization;
using System.Text;
using Gateway.Cli.Results;

namespace Gateway.Cli.Bridging;

/// <summary>
/// What a program tells whoever runs it, on the bridge's standard error: a bounded number of lines, each cut and without control
/// characters. The rest is read and dropped, or the program would wait for its reader.
/// </summary>
/// <param name="name">What the lines begin with. Never the session's id, which opens the session.</param>
internal sealed class SessionLog(string name, int mostLines)
{
    private const int MostCharacters = 1000;

    private int _lines;

    /// <summary>The bridge's own word on a session.</summary>
    public void Say(string text) => Console.Error.WriteLine($"{name}: {Printable.Line(text)}");

    /// <summary>Something of the program's that can't be passed on.</summary>
    /// <returns>False once the bound is reached.</returns>
    public bool Dropped(string what, ReadOnlySpan<byte> line)
    {
        Write($"{what}: {Encoding.UTF8.GetString(line[..Math.Min(line.Length, MostCharacters)])}");
        return _lines <= mostLines;
    }

    /// <summary>Ends when the stream does.</summary>
    public async Task FollowAsync(StreamReader errors, CancellationToken cancellationToken)
    {
        var (buffer, line) = (new char[4096], new StringBuilder());
        for (int read; (read = await errors.ReadAsync(buffer, cancellationToken)) > 0; )
        {
            foreach (var c in buffer.AsSpan(0, read))
            {
                if (c == '\n')
                {
                    Write(line.ToString().TrimEnd('\r'));
                    line.Clear();
                }
                else if (line.Length < MostCharacters)
                {
                    line.Append(c);
                }
            }
        }

        if (line.Length > 0)
        {
            Write(line.ToString());
        }
    }

    private void Write(string text)
    {
        var number = Interlocked.Increment(ref _lines);
        if (number <= mostLines)
        {
            Say(text);
        }
        else if (number == mostLines + 1)
        {
            Say(string.Create(CultureInfo.InvariantCulture, $"over {mostLines} lines; the rest isn't shown"));
        }
    }
}
