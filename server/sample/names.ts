import { normalName } from '../../utils/contract/match-key.ts';
import type { Random } from './random.ts';

interface Pool {
  given: string;
  family: string;
  /** The family name comes first: 山田 太郎. */
  familyFirst?: true;
}

/** Names with `=` say how they are written in an address. */
const POOLS = {
  us: {
    given: 'Emily Marcus Dana Tyrone Rosa Kevin Beth Hector Nancy Will Carmen Joe',
    family: 'Carter Nguyen Brooks Alvarez Miller Washington Kim Sullivan Reyes Cooper Hughes',
  },
  uk: {
    given: 'Oliver Harriet Imran Fiona Callum Beatrice Gareth Sunita Rory Philippa',
    family: 'Whitfield Khan MacLeod Okonkwo Davies Ashworth Sharma Fairclough Byrne',
  },
  de: {
    given: 'Anke Jürgen Sabine Matthias Käthe Thorsten Heike Björn Ulrike Cem',
    family: 'Müller Schröder Weiß Hoffmann Groß Yılmaz=yilmaz Krüger Böhm Lange',
  },
  fr: {
    given: 'Chloé Thibault Aïcha Jérôme Margaux Benoît Inès François Maëlle',
    family: 'Lefèvre Dubois N’Diaye=ndiaye Garnier Béranger Moreau Chevalier',
  },
  es: {
    given: 'Lucía Andrés Ximena Joaquín Begoña Íñigo Pilar Mateo Rocío',
    family: 'Muñoz Ibáñez Quispe Echeverría Castaño Rojas Peña Solís',
  },
  it: {
    given: 'Chiara Lorenzo Niccolò Giulia Ettore Beatrice Saverio Noemi',
    family: 'Bianchi D’Angelo=dangelo Lo·Presti=lopresti Ricci Galli Fontana',
  },
  pt: {
    given: 'Inês João Conceição Tiago Marta Rui Luísa',
    family: 'Gonçalves Araújo Pinheiro Magalhães Simões',
  },
  nl: {
    given: 'Sanne Joost Femke Daan Marijke Wouter Noor',
    family: 'de·Vries=devries van·der·Meer=vandermeer Bakker Jansen Kuiper',
  },
  se: {
    given: 'Åsa Björn Linnéa Øystein=oystein Sigrid Göran Maja',
    family: 'Lindqvist Sjöberg Håkansson Nygård Bergström Solheim',
  },
  pl: {
    given: 'Agnieszka Paweł=pawel Małgorzata=malgorzata Grzegorz Zofia Tomasz',
    family: 'Wiśniewska Zając Kamińska Dąbrowski Łukasik=lukasik',
  },
  tr: {
    given: 'Ayşe Mehmet Çağla İbrahim=ibrahim Gül Emre',
    family: 'Yıldırım=yildirim Öztürk Şahin Kaya Demir',
  },
  in: {
    given: 'Ananya Vikram Lakshmi Arjun Farah Sanjay Meera Harpreet Rohan',
    family: 'Iyer Deshpande Reddy Singh Kulkarni Banerjee Qureshi Pillai',
  },
  ng: {
    given: 'Chiamaka Tunde Ngozi Yusuf Folake Emeka Amina',
    family: 'Adébáyò=adebayo Eze Bello Ogunleye Nwosu',
  },
  vn: {
    given: 'Thu=thu Minh=minh Lan=lan Đức=duc Hạnh=hanh',
    family: 'Nguyễn=nguyen Trần=tran Phạm=pham Võ=vo',
    familyFirst: true,
  },
  jp: {
    given: '花子=hanako 健太=kenta 美咲=misaki 大輔=daisuke さくら=sakura 翔=sho',
    family: '佐藤=sato 鈴木=suzuki 高橋=takahashi 田中=tanaka 渡辺=watanabe',
    familyFirst: true,
  },
  cn: {
    given: '伟=wei 芳=fang 秀英=xiuying 敏=min 建国=jianguo 丽=li',
    family: '王=wang 李=li 张=zhang 刘=liu 欧阳=ouyang',
    familyFirst: true,
  },
  kr: {
    given: '민준=minjun 서연=seoyeon 지호=jiho 하은=haeun 도윤=doyun',
    family: '김=kim 이=lee 박=park 최=choi',
    familyFirst: true,
  },
  ru: {
    given: 'Ольга=olga Дмитрий=dmitry Светлана=svetlana Алексей=alexey Наталья=natalya',
    family: 'Смирнов=smirnov Волков=volkov Фёдоров=fedorov Соловьёв=solovyov',
  },
  ua: {
    given: 'Оксана=oksana Тарас=taras Юлія=yulia Андрій=andriy Соломія=solomiya',
    family: 'Шевченко=shevchenko Коваль=koval Їжак=yizhak Бойко=boyko',
  },
  bg: {
    given: 'Десислава=desislava Георги=georgi Милена=milena Стоян=stoyan',
    family: 'Петрова=petrova Димитров=dimitrov Колева=koleva',
  },
  gr: {
    given: 'Ελένη=eleni Γιώργος=giorgos Κατερίνα=katerina Νίκος=nikos',
    family: 'Παπαδοπούλου=papadopoulou Οικονόμου=oikonomou Νικολάου=nikolaou',
  },
  ar: {
    given: 'فاطمة=fatima محمد=mohammed ليلى=layla يوسف=yousef نورة=noura خالد=khalid',
    family: 'الهاشمي=alhashimi المنصوري=almansoori حداد=haddad الخطيب=alkhatib',
  },
  he: {
    given: 'נועה=noa יוסי=yossi תמר=tamar אבי=avi מיכל=michal',
    family: 'כהן=cohen לוי=levi מזרחי=mizrahi פרידמן=friedman',
  },
} as const satisfies Record<string, Pool>;

export type People = keyof typeof POOLS;

interface Name {
  shown: string;
  /** As it stands in an address: `taro.yamada`. */
  local: string;
}

function part(word: string): Name {
  const [shown = '', latin] = word.replaceAll('·', ' ').split('=');
  return { shown, local: latin ?? normalName(shown).replaceAll(' ', '') };
}

/** A name of this place that `taken` does not hold yet; it is put there. */
export function nameFrom(people: People, random: Random, taken: Set<string>): Name {
  const pool: Pool = POOLS[people];
  for (;;) {
    const given = part(random.pick(pool.given.split(' ')));
    const family = part(random.pick(pool.family.split(' ')));
    const local = `${given.local}.${family.local}`;
    if (taken.has(local)) continue;
    taken.add(local);
    const shown = pool.familyFirst ? `${family.shown} ${given.shown}` : `${given.shown} ${family.shown}`;
    return { shown, local };
  }
}
