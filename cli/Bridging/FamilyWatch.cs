using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Gateway.Cli.Bridging;

/// <summary>
/// A shell of its own session that kills what the bridge has started when the bridge is gone, however it went: the pipe between the two
/// then ends. A death signal of Linux' (PR_SET_PDEATHSIG) would come when the thread ends that started the program, and reach nobody but
/// the program itself.
/// </summary>
internal sealed class FamilyWatch : IAsyncDisposable
{
    /// <summary>
    /// Reads "+ 12" and "- 12". At the end it kills whoever is of a group or session still listed, all their children, and whoever carries
    /// the bridge's mark ($0), until it has found nobody three times, so that none that was born meanwhile stays. The bound ends it
    /// where one can't be killed.
    /// </summary>
    private const string Script = """
        exec > /dev/null 2>&1
        live=' '
        while read -r what id; do
          if [ "$what" = + ]; then live="$live$id "; else live="${live%% $id *} ${live#* $id }"; fi
        done
        quiet=0 bound=0
        while [ $quiet -lt 3 ] && [ $bound -lt 1000 ]; do
          quiet=$((quiet + 1)) bound=$((bound + 1)) found=' ' before=
          while [ "$before" != "$found" ]; do
            before=$found
            for file in /proc/[0-9]*/stat; do
              line=
              { while IFS= read -r part; do line="$line $part"; done < "$file"; } || continue
              one=${file#/proc/} one=${one%/stat}
              set -- ${line##*) }
              if [ $# -lt 4 ] || [ "$1" = Z ]; then continue; fi
              case $found in *" $one "*) continue ;; esac
              case $found in *" $2 "*) found="$found$one " quiet=0; continue ;; esac
              case $live in *" $3 "* | *" $4 "*) found="$found$one " quiet=0; continue ;; esac
              line=
              { while IFS= read -r part || [ "$part" ]; do line="$line $part"; done < "${file%stat}environ"; } || continue
              case $line in *"$0"*) found="$found$one " quiet=0 ;; esac
            done
          done
          for one in $found; do kill -s KILL "$one"; done
        done
        """;

    private const string Variable = "GATEWAY_BRIDGE";
    private const int NonceBytes = 16;
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Process _shell;
    private readonly string _mark;
    private int _marked;

    private FamilyWatch(Process shell, string mark) => (_shell, _mark) = (shell, mark);

    /// <summary>A variable of the environment, <c>name=value</c>, for the next program: no other has ever carried it.</summary>
    public string NextMark() => string.Create(CultureInfo.InvariantCulture, $"{_mark}{Interlocked.Increment(ref _marked)}");

    /// <exception cref="IOException">The shell can't be started.</exception>
    public static FamilyWatch Start()
    {
        var mark = $"{Variable}={RandomNumberGenerator.GetHexString(2 * NonceBytes, lowercase: true)}.";
        var start = new ProcessStartInfo("setsid") { RedirectStandardInput = true };
        start.Environment.Clear();
        foreach (var argument in (string[])["/bin/sh", "-c", Script, mark])
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return new FamilyWatch(Process.Start(start)!, mark);
        }
        catch (Win32Exception e)
        {
            throw new IOException($"The shell that watches over the programs can't be started: {e.Message}");
        }
    }

    /// <summary>Ends when the shell does: from then on nothing may be started.</summary>
    public Task GoneAsync(CancellationToken cancellationToken) => _shell.WaitForExitAsync(cancellationToken);

    /// <summary>Once this returns the family is killed when the bridge goes.</summary>
    /// <exception cref="IOException">The shell is gone.</exception>
    public void Add(int leader) => Say('+', leader);

    /// <exception cref="IOException">The shell is gone.</exception>
    public void Remove(int leader) => Say('-', leader);

    /// <summary>Lets the shell look once more, and end.</summary>
    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync().WaitAsync(EndTime).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _shell.Dispose();
    }

    private void Say(char what, int leader)
    {
        lock (_gate)
        {
            _shell.StandardInput.Write(string.Create(CultureInfo.InvariantCulture, $"{what} {leader}\n"));
            _shell.StandardInput.Flush();
        }
    }
}
