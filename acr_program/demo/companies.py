"""The accounts of Alder & Fisk: invented companies with the oddities of real ones."""

from __future__ import annotations

# name | business unit | sector | theater | country | postcode city | street | account manager | contact, title
ROWS = """\
Hollins & Daughters Grocers|Chilled goods|Retail|EMEA|United Kingdom|LS1 4AP Leeds|12 Albion Row|Dermot Kilbride|Judith Hollins, Managing Director
Brasserie du Vieux Port SARL|Beverages|Hospitality|EMEA|France|13002 Marseille|8 quai de la Loge|Jean-Baptiste Rousselière|Étienne Castaing, Chef de cuisine
Grünwald Feinkost GmbH & Co. KG|Chilled goods|Retail|EMEA|Germany|80331 München|Am Anger 9|Ilse Vandermeulen|Korbinian Grünwald, Geschäftsführer
Nordlys Catering AS|Prepared foods|Catering|EMEA|Norway|0155 Oslo|Skippergata 31|Nadia El-Sayed|Ragnhild Moe, Purchasing Lead
Bäckerei Süßmilch|Dry goods|Bakery|EMEA|Austria|5020 Salzburg|Linzer Gasse 60|Ilse Vandermeulen|Walpurga Süßmilch, Inhaberin
Van der Heijden Horeca|Beverages|Hospitality|EMEA|Netherlands|3511 LX Utrecht|Oudegracht 214|Ilse Vandermeulen|Pieter van der Heijden, Director
Cantina dei Fratelli Morandi|Beverages|Hospitality|EMEA|Italy|40121 Bologna|via Galliera 17|Jean-Baptiste Rousselière|Silvia Morandi, Titolare
Ferries of the Western Isles|Prepared foods|Transport|EMEA|United Kingdom|PA34 4DB Oban|Railway Pier 1|Dermot Kilbride|Alasdair MacInnes, Onboard Services
Hôpital Saint-Aubin|Prepared foods|Health care|EMEA|France|69002 Lyon|2 place Carnot|Jean-Baptiste Rousselière|Dr Mathilde Verdier, Directrice des achats
Skovgaard Kantiner ApS|Prepared foods|Catering|EMEA|Denmark|8000 Aarhus|Mejlgade 44|Nadia El-Sayed|Mette Skovgaard, Owner
Casa Iturralde|Seafood|Retail|EMEA|Spain|20003 Donostia|calle Mayor 5|Jean-Baptiste Rousselière|Ane Iturralde, Gerente
Östermalm Saluhall Förening|Seafood|Retail|EMEA|Sweden|114 39 Stockholm|Östermalmstorg 2|Nadia El-Sayed|Göran Åkesson, Chairman
Kavárna U Tří Housliček|Beverages|Hospitality|EMEA|Czechia|118 00 Praha|Nerudova 12|Ilse Vandermeulen|Zdeňka Procházková, Owner
Alpenblick Hotels AG|Chilled goods|Hospitality|EMEA|Switzerland|3800 Interlaken|Höheweg 41|Ilse Vandermeulen|Reto Zumbrunn, Head of Purchasing
Galway Bay Provisions|Seafood|Wholesale|EMEA|Ireland|H91 X7 Galway|Dock Road 3|Dermot Kilbride|Sinéad Ní Dhomhnaill, Buyer
Al Noor Hospitality Group|Dry goods|Hospitality|EMEA|United Arab Emirates|Dubai|Al Rigga Road 22|Nadia El-Sayed|Yusuf Al Marri, Group Purchasing
Piekarnia Pod Zegarem|Dry goods|Bakery|EMEA|Poland|31-007 Kraków|ul. Grodzka 28|Ilse Vandermeulen|Jadwiga Nowicka, Właścicielka
Thornbury University Dining|Prepared foods|Education|EMEA|United Kingdom|BS35 2AY Thornbury|Castle Street 4|Dermot Kilbride|Phoebe Lanchester, Head of Dining
Lisboa Mar e Terra, Lda.|Seafood|Wholesale|EMEA|Portugal|1100-048 Lisboa|rua Augusta 77|Jean-Baptiste Rousselière|Henrique Falcão, Sócio-gerente
Société Coopérative des Cantines Scolaires de la Région de Bruxelles-Capitale et du Brabant|Prepared foods|Education|EMEA|Belgium|1000 Bruxelles|rue du Midi 101|Ilse Vandermeulen|Anne-Sophie Delacroix-Vanderstraeten, Présidente du conseil
Blue Heron Markets|Chilled goods|Retail|AMER|United States|97205 Portland|410 SW Alder Street|Marisol Tejada|Dana Whitcomb, Category Director
Cascade Rail Dining|Prepared foods|Transport|AMER|United States|98104 Seattle|303 S Jackson Street|Marisol Tejada|Leonard Achebe, Onboard Services
Prairie Sun Bakeries|Dry goods|Bakery|AMER|United States|66044 Lawrence|12 Massachusetts Street|Corey Whitlock|Ruthanne Pell-Ortega, President
Lakeshore Hospital Trust|Prepared foods|Health care|AMER|United States|60611 Chicago|700 N Lake Shore Drive|Corey Whitlock|Marcus Delgado, Food Services
Stillwater Inns|Beverages|Hospitality|AMER|United States|55082 Stillwater|210 Main Street|Corey Whitlock|Annika Bergstrom, Owner
Granite State Schools|Prepared foods|Education|AMER|United States|03301 Concord|18 Park Street|Tamsin Okonkwo|Theodore Haskell, Nutrition Director
Bayou Provisions Co.|Seafood|Wholesale|AMER|United States|70130 New Orleans|501 Tchoupitoulas Street|Tamsin Okonkwo|Clementine Broussard, Buyer
Harbourfront Grocers Ltd.|Chilled goods|Retail|AMER|Canada|B3J 1S9 Halifax|1869 Upper Water Street|Tamsin Okonkwo|Iain Macrae, Fresh Buyer
Érablière Gagnon et Fils|Dry goods|Wholesale|AMER|Canada|G0R 1Z0 Montmagny|45 chemin des Érables|Tamsin Okonkwo|Lucien Gagnon, Président
Redwood Campus Services|Prepared foods|Education|AMER|United States|95521 Arcata|1 Harpst Street|Marisol Tejada|Priscilla Yamamoto, Director
Desert Bloom Resorts|Beverages|Hospitality|AMER|United States|85251 Scottsdale|7575 E Princess Drive|Marisol Tejada|Hector Villareal, Food and Beverage
Tidewater Naval Commissary|Dry goods|Government|AMER|United States|23510 Norfolk|100 W Plume Street|Tamsin Okonkwo|Cmdr. Joyce Abernathy, Supply
Maple & Main Diners|Chilled goods|Hospitality|AMER|United States|05401 Burlington|77 College Street|Corey Whitlock|Gus Papadakis, Owner
Sierra Nevada Co-op|Chilled goods|Retail|AMER|United States|89501 Reno|35 N Virginia Street|Marisol Tejada|Wren Callaghan, General Manager
Big Sky Outfitters Kitchens|Prepared foods|Catering|AMER|United States|59715 Bozeman|24 W Main Street|Marisol Tejada|Colt Jorgensen, Kitchen Lead
Old Mill Pasta Works|Dry goods|Wholesale|AMER|United States|19106 Philadelphia|231 Market Street|Corey Whitlock|Renata DiGiovanni, Operations
Union Square Caterers|Prepared foods|Catering|AMER|United States|10003 New York|41 Union Square West|Corey Whitlock|Solomon Adler, Partner
Kestrel Airlines Catering|Prepared foods|Transport|AMER|United States|80249 Denver|8500 Peña Boulevard|Tamsin Okonkwo|Imogen Farrow, Supply Chain
Tanaka Depachika KK|Seafood|Retail|APAC|Japan|604-8042 Kyoto|Shijo-dori 12|Aiko Tanabe|Haruto Tanaka, Buyer
Southern Cross Grocers|Chilled goods|Retail|APAC|Australia|3000 Melbourne|180 Queen Street|Wiremu Parata|Bronwyn Tully, Fresh Director
Kauri Coast Lodges|Beverages|Hospitality|APAC|New Zealand|0114 Russell|The Strand 7|Wiremu Parata|Aroha Ngata, Manager
Lion City Canteens Pte Ltd|Prepared foods|Catering|APAC|Singapore|069113 Singapore|Amoy Street 88|Mei-Ling Hsu|Rajesh Pillai, Director
Formosa Tea Houses|Beverages|Hospitality|APAC|Taiwan|106 Taipei|Yongkang Street 15|Mei-Ling Hsu|Lin Shu-fen, Owner
Hanok Table Co.|Dry goods|Hospitality|APAC|South Korea|03056 Seoul|Bukchon-ro 31|Aiko Tanabe|Seo Ji-woo, Purchasing
Harbour Bridge Ferries|Prepared foods|Transport|APAC|Australia|2000 Sydney|Circular Quay 4|Wiremu Parata|Declan Ashworth, Hospitality
Saffron Trail Hotels|Dry goods|Hospitality|APAC|India|302001 Jaipur|MI Road 19|Mei-Ling Hsu|Meera Shekhawat, General Manager
Manila Bay Seafoods|Seafood|Wholesale|APAC|Philippines|1000 Manila|Roxas Boulevard 210|Mei-Ling Hsu|Ramon Dalisay, President
Outback Station Stores|Dry goods|Retail|APAC|Australia|0870 Alice Springs|Todd Street 50|Wiremu Parata|Shirley Dunmore, Owner
Quán Sen Group|Beverages|Hospitality|APAC|Vietnam|700000 Hồ Chí Minh|Đồng Khởi 66|Mei-Ling Hsu|Nguyễn Thị Lan, Director
Panadería La Espiga|Dry goods|Bakery|LATAM|Mexico|06000 Ciudad de México|calle Tacuba 14|Rodrigo Fuenzalida|Guadalupe Ríos, Dueña
Viña del Cerro Azul|Beverages|Wholesale|LATAM|Chile|8320000 Santiago|avenida Providencia 1208|Rodrigo Fuenzalida|Ignacio Lyon, Gerente comercial
Mercado São Bento|Seafood|Retail|LATAM|Brazil|01029-010 São Paulo|rua São Bento 300|Rodrigo Fuenzalida|Beatriz Carvalho, Compras
Hospital Santa Rosa|Prepared foods|Health care|LATAM|Peru|15072 Lima|avenida Bolívar 2110|Rodrigo Fuenzalida|Dr César Huamán, Administrador
Café Tinto y Cía.|Beverages|Hospitality|LATAM|Colombia|110311 Bogotá|carrera 7 n.º 22|Rodrigo Fuenzalida|Valentina Ocampo, Socia
Frigorífico Pampas S.A.|Chilled goods|Wholesale|LATAM|Argentina|C1085 Buenos Aires|avenida Belgrano 980|Rodrigo Fuenzalida|Martín Etcheverry, Director
Posada Tres Ríos|Chilled goods|Hospitality|LATAM|Costa Rica|30301 Tres Ríos|calle Central 2||Ana Lucía Vega, Dueña
Rapa Market|Dry goods|Retail|LATAM|Ecuador|170401 Quito|calle Venezuela 9||
Fjordmat Butikker|Seafood|Retail|EMEA|Norway|5003 Bergen|Torget 5|Nadia El-Sayed|Sverre Lønning, Buyer
Wolford & Quill Stationers' Café|Beverages|Hospitality|EMEA|United Kingdom|BA1 1LN Bath|Milsom Street 18|Dermot Kilbride|Araminta Quill, Proprietor
Ravensbourne Prison Kitchens|Prepared foods|Government|EMEA|United Kingdom|BR1 1HA Bromley|London Road 90|Dermot Kilbride|Colin Battersby, Catering Manager
"""


def rows() -> list[dict[str, str]]:
    """One account a row."""
    names = ("name", "business_unit", "sector", "theater", "country", "place", "street", "manager", "contact")
    return [dict(zip(names, line.split("|"), strict=True)) for line in ROWS.splitlines()]
