using System.Globalization;
using System.Text;
using Gateway.Administration.Calls;

namespace Gateway.Administration.Operations;

/// <summary>Where a page of a list begins: behind one thing, by its time and its id. For callers it is a word without meaning.</summary>
internal static class PageCursor
{
    private const int DefaultLimit = 50;
    private const int MostLimit = 200;

    /// <summary>What a request for a list says of the page that it wants.</summary>
    /// <param name="after">Null for the first page.</param>
    /// <returns>Null where it can be had.</returns>
    public static Problem? Read(string? limit, string? cursor, out int most, out (DateTimeOffset At, string Id)? after)
    {
        (most, after) = (DefaultLimit, null);
        if (limit is not null && !(int.TryParse(limit, out most) && most is >= 1 and <= MostLimit))
        {
            return Problem.Invalid("limit", $"'limit' is a number from 1 to {MostLimit}.", "Leave it out for 50.");
        }

        return TryRead(cursor, out after)
            ? null
            : Problem.Invalid("cursor", "That is no cursor.", "Send 'next' of the page before, as it was.");
    }

    public static string Write(DateTimeOffset at, string id) =>
        Convert.ToHexStringLower(Encoding.UTF8.GetBytes($"{at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)} {id}"));

    /// <param name="after">Null for the beginning.</param>
    private static bool TryRead(string? cursor, out (DateTimeOffset At, string Id)? after)
    {
        after = null;
        if (cursor is null)
        {
            return true;
        }

        try
        {
            var parts = Encoding.UTF8.GetString(Convert.FromHexString(cursor)).Split(' ');
            if (
                parts is not [var time, var id]
                || !DateTimeOffset.TryParseExact(time, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            )
            {
                return false;
            }

            after = (at, id);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
