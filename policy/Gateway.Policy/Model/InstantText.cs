using System.Globalization;

namespace Gateway.Policy.Model;

/// <summary>An instant as people and programs are told it: to the second, in UTC (RFC 3339). Records keep more of it.</summary>
public static class InstantText
{
    public static string Of(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
