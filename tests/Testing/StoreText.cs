using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Gateway.Testing;

/// <summary>All that lies in a SQLite store, as text: whether anything changed shows by comparing two.</summary>
public static class StoreText
{
    static StoreText() => SQLitePCL.Batteries_V2.Init();

    /// <param name="folder">With a file for each tenant.</param>
    /// <param name="except">Tables that something else writes meanwhile.</param>
    public static string Of(string folder, params string[] except)
    {
        var text = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(folder, "*.db").Order(StringComparer.Ordinal))
        {
            using var connection = new SqliteConnection($"Data Source={file};Mode=ReadWrite;Pooling=False");
            connection.Open();
            foreach (
                var table in Rows(connection, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").Except(except).ToList()
            )
            {
                text.Append(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)} {table}\n");
                foreach (var row in Rows(connection, $"SELECT * FROM \"{table}\""))
                {
                    text.Append(CultureInfo.InvariantCulture, $"  {row}\n");
                }
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> Rows(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of tables that the file itself has.
        command.CommandText = query;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(i => Text(reader.GetValue(i))));
        }
    }

    private static string Text(object value) =>
        value is byte[] bytes ? Convert.ToHexStringLower(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
